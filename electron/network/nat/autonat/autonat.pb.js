// Made by wire/generate.ts from the .proto file beside it. Change that one and run `npm run generate`.
import { decodeMessage, encodeMessage, MaxLengthError, message, streamMessage } from 'protons-runtime';
export var DialMessage;
(function (DialMessage) {
    let _codec;
    DialMessage.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if (obj.dialRequest != null) {
                    w.uint32(10);
                    DialRequest.codec().encode(obj.dialRequest, w);
                }
                if (obj.dialResponse != null) {
                    w.uint32(18);
                    DialResponse.codec().encode(obj.dialResponse, w);
                }
                if (obj.dialDataRequest != null) {
                    w.uint32(26);
                    DialDataRequest.codec().encode(obj.dialDataRequest, w);
                }
                if (obj.dialDataResponse != null) {
                    w.uint32(34);
                    DialDataResponse.codec().encode(obj.dialDataResponse, w);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {};
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.dialRequest = DialRequest.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.dialRequest
                            });
                            break;
                        }
                        case 2: {
                            obj.dialResponse = DialResponse.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.dialResponse
                            });
                            break;
                        }
                        case 3: {
                            obj.dialDataRequest = DialDataRequest.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.dialDataRequest
                            });
                            break;
                        }
                        case 4: {
                            obj.dialDataResponse = DialDataResponse.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.dialDataResponse
                            });
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
                            yield* DialRequest.codec().stream(reader, reader.uint32(), `${prefix}.dialRequest`, {
                                limits: opts.limits?.dialRequest
                            });
                            break;
                        }
                        case 2: {
                            yield* DialResponse.codec().stream(reader, reader.uint32(), `${prefix}.dialResponse`, {
                                limits: opts.limits?.dialResponse
                            });
                            break;
                        }
                        case 3: {
                            yield* DialDataRequest.codec().stream(reader, reader.uint32(), `${prefix}.dialDataRequest`, {
                                limits: opts.limits?.dialDataRequest
                            });
                            break;
                        }
                        case 4: {
                            yield* DialDataResponse.codec().stream(reader, reader.uint32(), `${prefix}.dialDataResponse`, {
                                limits: opts.limits?.dialDataResponse
                            });
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
        return encodeMessage(obj, DialMessage.codec());
    }
    DialMessage.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, DialMessage.codec(), opts);
    }
    DialMessage.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, DialMessage.codec(), opts);
    }
    DialMessage.stream = stream;
})(DialMessage || (DialMessage = {}));
export var DialRequest;
(function (DialRequest) {
    let _codec;
    DialRequest.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if (obj.addrs != null && obj.addrs.length > 0) {
                    for (const value of obj.addrs) {
                        w.uint32(10);
                        w.bytes(value);
                    }
                }
                if ((obj.nonce != null && obj.nonce !== 0n)) {
                    w.uint32(17);
                    w.fixed64(obj.nonce);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    addrs: [],
                    nonce: 0n
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            if (opts.limits?.addrs != null && obj.addrs.length === opts.limits.addrs) {
                                throw new MaxLengthError('Decode error - repeated field "addrs" had too many elements');
                            }
                            obj.addrs.push(reader.bytes());
                            break;
                        }
                        case 2: {
                            obj.nonce = reader.fixed64();
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
                const obj = {
                    addrs: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            if (opts.limits?.addrs != null && obj.addrs === opts.limits.addrs) {
                                throw new MaxLengthError('Streaming decode error - repeated field "addrs" had too many elements');
                            }
                            yield {
                                field: `${prefix}.addrs[]`,
                                index: obj.addrs,
                                value: reader.bytes()
                            };
                            obj.addrs++;
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.nonce`,
                                value: reader.fixed64()
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
        return encodeMessage(obj, DialRequest.codec());
    }
    DialRequest.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, DialRequest.codec(), opts);
    }
    DialRequest.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, DialRequest.codec(), opts);
    }
    DialRequest.stream = stream;
})(DialRequest || (DialRequest = {}));
export var DialDataRequest;
(function (DialDataRequest) {
    let _codec;
    DialDataRequest.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.addrIdx != null && obj.addrIdx !== 0)) {
                    w.uint32(8);
                    w.uint32(obj.addrIdx);
                }
                if ((obj.numBytes != null && obj.numBytes !== 0)) {
                    w.uint32(16);
                    w.uint64Number(obj.numBytes);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    addrIdx: 0,
                    numBytes: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.addrIdx = reader.uint32();
                            break;
                        }
                        case 2: {
                            obj.numBytes = reader.uint64Number();
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
                                field: `${prefix}.addrIdx`,
                                value: reader.uint32()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.numBytes`,
                                value: reader.uint64Number()
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
        return encodeMessage(obj, DialDataRequest.codec());
    }
    DialDataRequest.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, DialDataRequest.codec(), opts);
    }
    DialDataRequest.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, DialDataRequest.codec(), opts);
    }
    DialDataRequest.stream = stream;
})(DialDataRequest || (DialDataRequest = {}));
export var DialResponse;
(function (DialResponse) {
    let _codec;
    DialResponse.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.status != null && obj.status !== 0)) {
                    w.uint32(8);
                    w.uint32(obj.status);
                }
                if ((obj.addrIdx != null && obj.addrIdx !== 0)) {
                    w.uint32(16);
                    w.uint32(obj.addrIdx);
                }
                if ((obj.dialStatus != null && obj.dialStatus !== 0)) {
                    w.uint32(24);
                    w.uint32(obj.dialStatus);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    status: 0,
                    addrIdx: 0,
                    dialStatus: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.status = reader.uint32();
                            break;
                        }
                        case 2: {
                            obj.addrIdx = reader.uint32();
                            break;
                        }
                        case 3: {
                            obj.dialStatus = reader.uint32();
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
                                field: `${prefix}.status`,
                                value: reader.uint32()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.addrIdx`,
                                value: reader.uint32()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.dialStatus`,
                                value: reader.uint32()
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
        return encodeMessage(obj, DialResponse.codec());
    }
    DialResponse.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, DialResponse.codec(), opts);
    }
    DialResponse.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, DialResponse.codec(), opts);
    }
    DialResponse.stream = stream;
})(DialResponse || (DialResponse = {}));
export var DialDataResponse;
(function (DialDataResponse) {
    let _codec;
    DialDataResponse.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.data != null && obj.data.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.data);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    data: new Uint8Array(0)
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.data = reader.bytes();
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
                                field: `${prefix}.data`,
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
        return encodeMessage(obj, DialDataResponse.codec());
    }
    DialDataResponse.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, DialDataResponse.codec(), opts);
    }
    DialDataResponse.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, DialDataResponse.codec(), opts);
    }
    DialDataResponse.stream = stream;
})(DialDataResponse || (DialDataResponse = {}));
export var DialBack;
(function (DialBack) {
    let _codec;
    DialBack.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.nonce != null && obj.nonce !== 0n)) {
                    w.uint32(9);
                    w.fixed64(obj.nonce);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    nonce: 0n
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.nonce = reader.fixed64();
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
                                field: `${prefix}.nonce`,
                                value: reader.fixed64()
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
        return encodeMessage(obj, DialBack.codec());
    }
    DialBack.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, DialBack.codec(), opts);
    }
    DialBack.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, DialBack.codec(), opts);
    }
    DialBack.stream = stream;
})(DialBack || (DialBack = {}));
export var DialBackResponse;
(function (DialBackResponse) {
    let _codec;
    DialBackResponse.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.status != null && obj.status !== 0)) {
                    w.uint32(8);
                    w.uint32(obj.status);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    status: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.status = reader.uint32();
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
                                field: `${prefix}.status`,
                                value: reader.uint32()
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
        return encodeMessage(obj, DialBackResponse.codec());
    }
    DialBackResponse.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, DialBackResponse.codec(), opts);
    }
    DialBackResponse.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, DialBackResponse.codec(), opts);
    }
    DialBackResponse.stream = stream;
})(DialBackResponse || (DialBackResponse = {}));
