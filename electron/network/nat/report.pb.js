// Made by wire/generate.ts from the .proto file beside it. Change that one and run `npm run generate`.
import { decodeMessage, encodeMessage, message, streamMessage } from 'protons-runtime';
export var NatReport;
(function (NatReport) {
    let _codec;
    NatReport.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.mapping != null && obj.mapping !== 0)) {
                    w.uint32(8);
                    w.uint32(obj.mapping);
                }
                if ((obj.reachable != null && obj.reachable !== false)) {
                    w.uint32(16);
                    w.bool(obj.reachable);
                }
                if ((obj.number != null && obj.number !== 0)) {
                    w.uint32(24);
                    w.uint64Number(obj.number);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    mapping: 0,
                    reachable: false,
                    number: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.mapping = reader.uint32();
                            break;
                        }
                        case 2: {
                            obj.reachable = reader.bool();
                            break;
                        }
                        case 3: {
                            obj.number = reader.uint64Number();
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
                                field: `${prefix}.mapping`,
                                value: reader.uint32()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.reachable`,
                                value: reader.bool()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.number`,
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
        return encodeMessage(obj, NatReport.codec());
    }
    NatReport.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, NatReport.codec(), opts);
    }
    NatReport.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, NatReport.codec(), opts);
    }
    NatReport.stream = stream;
})(NatReport || (NatReport = {}));
