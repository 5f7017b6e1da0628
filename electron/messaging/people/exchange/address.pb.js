// Made by wire/generate.ts from the .proto file beside it. Change that one and run `npm run generate`.
import { decodeMessage, encodeMessage, MaxLengthError, message, streamMessage } from 'protons-runtime';
export var Whereabouts;
(function (Whereabouts) {
    let _codec;
    Whereabouts.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.name != null && obj.name !== '')) {
                    w.uint32(10);
                    w.string(obj.name);
                }
                if ((obj.addressRecord != null && obj.addressRecord.byteLength > 0)) {
                    w.uint32(18);
                    w.bytes(obj.addressRecord);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    name: '',
                    addressRecord: new Uint8Array(0)
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.name = reader.string();
                            break;
                        }
                        case 2: {
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
                                field: `${prefix}.name`,
                                value: reader.string()
                            };
                            break;
                        }
                        case 2: {
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
        return encodeMessage(obj, Whereabouts.codec());
    }
    Whereabouts.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Whereabouts.codec(), opts);
    }
    Whereabouts.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Whereabouts.codec(), opts);
    }
    Whereabouts.stream = stream;
})(Whereabouts || (Whereabouts = {}));
export var SignedAddressRecord;
(function (SignedAddressRecord) {
    let _codec;
    SignedAddressRecord.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.record != null && obj.record.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.record);
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
                    record: new Uint8Array(0),
                    signature: new Uint8Array(0)
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.record = reader.bytes();
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
                                field: `${prefix}.record`,
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
        return encodeMessage(obj, SignedAddressRecord.codec());
    }
    SignedAddressRecord.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, SignedAddressRecord.codec(), opts);
    }
    SignedAddressRecord.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, SignedAddressRecord.codec(), opts);
    }
    SignedAddressRecord.stream = stream;
})(SignedAddressRecord || (SignedAddressRecord = {}));
export var AddressRecord;
(function (AddressRecord) {
    let _codec;
    AddressRecord.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.owner != null && obj.owner.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.owner);
                }
                if ((obj.number != null && obj.number !== 0)) {
                    w.uint32(16);
                    w.uint64Number(obj.number);
                }
                if (obj.relayed != null && obj.relayed.length > 0) {
                    for (const value of obj.relayed) {
                        w.uint32(26);
                        w.bytes(value);
                    }
                }
                if (obj.direct != null && obj.direct.length > 0) {
                    for (const value of obj.direct) {
                        w.uint32(34);
                        w.bytes(value);
                    }
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    owner: new Uint8Array(0),
                    number: 0,
                    relayed: [],
                    direct: []
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.owner = reader.bytes();
                            break;
                        }
                        case 2: {
                            obj.number = reader.uint64Number();
                            break;
                        }
                        case 3: {
                            if (opts.limits?.relayed != null && obj.relayed.length === opts.limits.relayed) {
                                throw new MaxLengthError('Decode error - repeated field "relayed" had too many elements');
                            }
                            if (obj.relayed.length === 8) {
                                throw new MaxLengthError('Decode error - repeated field "relayed" had too many elements');
                            }
                            obj.relayed.push(reader.bytes());
                            break;
                        }
                        case 4: {
                            if (opts.limits?.direct != null && obj.direct.length === opts.limits.direct) {
                                throw new MaxLengthError('Decode error - repeated field "direct" had too many elements');
                            }
                            if (obj.direct.length === 16) {
                                throw new MaxLengthError('Decode error - repeated field "direct" had too many elements');
                            }
                            obj.direct.push(reader.bytes());
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
                    relayed: 8,
                    direct: 16
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            yield {
                                field: `${prefix}.owner`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.number`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 3: {
                            if (opts.limits?.relayed != null && obj.relayed === opts.limits.relayed) {
                                throw new MaxLengthError('Streaming decode error - repeated field "relayed" had too many elements');
                            }
                            if (obj.relayed === 8) {
                                throw new MaxLengthError('Streaming decode error - repeated field "relayed" had too many elements');
                            }
                            yield {
                                field: `${prefix}.relayed[]`,
                                index: obj.relayed,
                                value: reader.bytes()
                            };
                            obj.relayed++;
                            break;
                        }
                        case 4: {
                            if (opts.limits?.direct != null && obj.direct === opts.limits.direct) {
                                throw new MaxLengthError('Streaming decode error - repeated field "direct" had too many elements');
                            }
                            if (obj.direct === 16) {
                                throw new MaxLengthError('Streaming decode error - repeated field "direct" had too many elements');
                            }
                            yield {
                                field: `${prefix}.direct[]`,
                                index: obj.direct,
                                value: reader.bytes()
                            };
                            obj.direct++;
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
        return encodeMessage(obj, AddressRecord.codec());
    }
    AddressRecord.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, AddressRecord.codec(), opts);
    }
    AddressRecord.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, AddressRecord.codec(), opts);
    }
    AddressRecord.stream = stream;
})(AddressRecord || (AddressRecord = {}));
