// Made by wire/generate.ts from the .proto file beside it. Change that one and run `npm run generate`.
import { decodeMessage, encodeMessage, MaxLengthError, message, streamMessage } from 'protons-runtime';
export var HolePunch;
(function (HolePunch) {
    let _codec;
    HolePunch.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.type != null && obj.type !== 0)) {
                    w.uint32(8);
                    w.uint32(obj.type);
                }
                if (obj.observedAddresses != null && obj.observedAddresses.length > 0) {
                    for (const value of obj.observedAddresses) {
                        w.uint32(18);
                        w.bytes(value);
                    }
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    type: 0,
                    observedAddresses: []
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.type = reader.uint32();
                            break;
                        }
                        case 2: {
                            if (opts.limits?.observedAddresses != null && obj.observedAddresses.length === opts.limits.observedAddresses) {
                                throw new MaxLengthError('Decode error - repeated field "observedAddresses" had too many elements');
                            }
                            obj.observedAddresses.push(reader.bytes());
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
                    observedAddresses: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            yield {
                                field: `${prefix}.type`,
                                value: reader.uint32()
                            };
                            break;
                        }
                        case 2: {
                            if (opts.limits?.observedAddresses != null && obj.observedAddresses === opts.limits.observedAddresses) {
                                throw new MaxLengthError('Streaming decode error - repeated field "observedAddresses" had too many elements');
                            }
                            yield {
                                field: `${prefix}.observedAddresses[]`,
                                index: obj.observedAddresses,
                                value: reader.bytes()
                            };
                            obj.observedAddresses++;
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
        return encodeMessage(obj, HolePunch.codec());
    }
    HolePunch.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, HolePunch.codec(), opts);
    }
    HolePunch.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, HolePunch.codec(), opts);
    }
    HolePunch.stream = stream;
})(HolePunch || (HolePunch = {}));
