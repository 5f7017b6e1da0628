// Made by wire/generate.ts from the .proto file beside it. Change that one and run `npm run generate`.
import { decodeMessage, encodeMessage, enumeration, message, streamMessage } from 'protons-runtime';
export var ContactRequest;
(function (ContactRequest) {
    let _codec;
    ContactRequest.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.ask != null && obj.ask.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.ask);
                }
                if ((obj.signature != null && obj.signature.byteLength > 0)) {
                    w.uint32(18);
                    w.bytes(obj.signature);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    ask: new Uint8Array(0),
                    signature: new Uint8Array(0)
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.ask = reader.bytes();
                            break;
                        }
                        case 2: {
                            obj.signature = reader.bytes();
                            break;
                        }
                        default: {
                            reader.skipType(tag & 7);
                            break;
                        }
                    }
                }
                return obj;
            }, function* (reader, length, prefix, opts = {}) {
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            yield {
                                field: `${prefix}.ask`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.signature`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        default: {
                            reader.skipType(tag & 7);
                            break;
                        }
                    }
                }
            });
        }
        return _codec;
    };
    function encode(obj) {
        return encodeMessage(obj, ContactRequest.codec());
    }
    ContactRequest.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, ContactRequest.codec(), opts);
    }
    ContactRequest.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, ContactRequest.codec(), opts);
    }
    ContactRequest.stream = stream;
})(ContactRequest || (ContactRequest = {}));
export var ContactAsk;
(function (ContactAsk) {
    let _codec;
    ContactAsk.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.to != null && obj.to.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.to);
                }
                if ((obj.name != null && obj.name !== '')) {
                    w.uint32(18);
                    w.string(obj.name);
                }
                if ((obj.note != null && obj.note !== '')) {
                    w.uint32(26);
                    w.string(obj.note);
                }
                if ((obj.addressRecord != null && obj.addressRecord.byteLength > 0)) {
                    w.uint32(34);
                    w.bytes(obj.addressRecord);
                }
                if (obj.token != null) {
                    w.uint32(42);
                    w.bytes(obj.token);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    to: new Uint8Array(0),
                    name: '',
                    note: '',
                    addressRecord: new Uint8Array(0)
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.to = reader.bytes();
                            break;
                        }
                        case 2: {
                            obj.name = reader.string();
                            break;
                        }
                        case 3: {
                            obj.note = reader.string();
                            break;
                        }
                        case 4: {
                            obj.addressRecord = reader.bytes();
                            break;
                        }
                        case 5: {
                            obj.token = reader.bytes();
                            break;
                        }
                        default: {
                            reader.skipType(tag & 7);
                            break;
                        }
                    }
                }
                return obj;
            }, function* (reader, length, prefix, opts = {}) {
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            yield {
                                field: `${prefix}.to`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.name`,
                                value: reader.string()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.note`,
                                value: reader.string()
                            };
                            break;
                        }
                        case 4: {
                            yield {
                                field: `${prefix}.addressRecord`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 5: {
                            yield {
                                field: `${prefix}.token`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        default: {
                            reader.skipType(tag & 7);
                            break;
                        }
                    }
                }
            });
        }
        return _codec;
    };
    function encode(obj) {
        return encodeMessage(obj, ContactAsk.codec());
    }
    ContactAsk.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, ContactAsk.codec(), opts);
    }
    ContactAsk.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, ContactAsk.codec(), opts);
    }
    ContactAsk.stream = stream;
})(ContactAsk || (ContactAsk = {}));
export var ContactAnswer;
(function (ContactAnswer) {
    ContactAnswer["PENDING"] = "PENDING";
    ContactAnswer["ACCEPTED"] = "ACCEPTED";
    ContactAnswer["REFUSED"] = "REFUSED";
})(ContactAnswer || (ContactAnswer = {}));
var __ContactAnswerValues;
(function (__ContactAnswerValues) {
    __ContactAnswerValues[__ContactAnswerValues["PENDING"] = 0] = "PENDING";
    __ContactAnswerValues[__ContactAnswerValues["ACCEPTED"] = 1] = "ACCEPTED";
    __ContactAnswerValues[__ContactAnswerValues["REFUSED"] = 2] = "REFUSED";
})(__ContactAnswerValues || (__ContactAnswerValues = {}));
(function (ContactAnswer) {
    ContactAnswer.codec = () => {
        return enumeration(__ContactAnswerValues);
    };
})(ContactAnswer || (ContactAnswer = {}));
export var ContactReply;
(function (ContactReply) {
    let _codec;
    ContactReply.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if (obj.answer != null && __ContactAnswerValues[obj.answer] !== 0) {
                    w.uint32(8);
                    ContactAnswer.codec().encode(obj.answer, w);
                }
                if ((obj.name != null && obj.name !== '')) {
                    w.uint32(18);
                    w.string(obj.name);
                }
                if ((obj.addressRecord != null && obj.addressRecord.byteLength > 0)) {
                    w.uint32(26);
                    w.bytes(obj.addressRecord);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    answer: ContactAnswer.PENDING,
                    name: '',
                    addressRecord: new Uint8Array(0)
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.answer = ContactAnswer.codec().decode(reader);
                            break;
                        }
                        case 2: {
                            obj.name = reader.string();
                            break;
                        }
                        case 3: {
                            obj.addressRecord = reader.bytes();
                            break;
                        }
                        default: {
                            reader.skipType(tag & 7);
                            break;
                        }
                    }
                }
                return obj;
            }, function* (reader, length, prefix, opts = {}) {
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            yield {
                                field: `${prefix}.answer`,
                                value: ContactAnswer.codec().decode(reader)
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.name`,
                                value: reader.string()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.addressRecord`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        default: {
                            reader.skipType(tag & 7);
                            break;
                        }
                    }
                }
            });
        }
        return _codec;
    };
    function encode(obj) {
        return encodeMessage(obj, ContactReply.codec());
    }
    ContactReply.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, ContactReply.codec(), opts);
    }
    ContactReply.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, ContactReply.codec(), opts);
    }
    ContactReply.stream = stream;
})(ContactReply || (ContactReply = {}));
