// Made by wire/generate.ts from the .proto file beside it. Change that one and run `npm run generate`.
/* eslint-disable require-yield */
import { decodeMessage, encodeMessage, MaxLengthError, message, streamMessage } from 'protons-runtime';
export var SyncFrame;
(function (SyncFrame) {
    let _codec;
    SyncFrame.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if (obj.hello != null) {
                    w.uint32(10);
                    Hello.codec().encode(obj.hello, w);
                }
                if (obj.vector != null) {
                    w.uint32(18);
                    Vector.codec().encode(obj.vector, w);
                }
                if (obj.entries != null) {
                    w.uint32(26);
                    Entries.codec().encode(obj.entries, w);
                }
                if (obj.refusal != null) {
                    w.uint32(34);
                    Refusal.codec().encode(obj.refusal, w);
                }
                if (obj.want != null) {
                    w.uint32(42);
                    Want.codec().encode(obj.want, w);
                }
                if (obj.typing != null) {
                    w.uint32(50);
                    Typing.codec().encode(obj.typing, w);
                }
                if (obj.done != null) {
                    w.uint32(58);
                    Done.codec().encode(obj.done, w);
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
                            obj.hello = Hello.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.hello
                            });
                            break;
                        }
                        case 2: {
                            obj.vector = Vector.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.vector
                            });
                            break;
                        }
                        case 3: {
                            obj.entries = Entries.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.entries
                            });
                            break;
                        }
                        case 4: {
                            obj.refusal = Refusal.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.refusal
                            });
                            break;
                        }
                        case 5: {
                            obj.want = Want.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.want
                            });
                            break;
                        }
                        case 6: {
                            obj.typing = Typing.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.typing
                            });
                            break;
                        }
                        case 7: {
                            obj.done = Done.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.done
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
                            yield* Hello.codec().stream(reader, reader.uint32(), `${prefix}.hello`, {
                                limits: opts.limits?.hello
                            });
                            break;
                        }
                        case 2: {
                            yield* Vector.codec().stream(reader, reader.uint32(), `${prefix}.vector`, {
                                limits: opts.limits?.vector
                            });
                            break;
                        }
                        case 3: {
                            yield* Entries.codec().stream(reader, reader.uint32(), `${prefix}.entries`, {
                                limits: opts.limits?.entries
                            });
                            break;
                        }
                        case 4: {
                            yield* Refusal.codec().stream(reader, reader.uint32(), `${prefix}.refusal`, {
                                limits: opts.limits?.refusal
                            });
                            break;
                        }
                        case 5: {
                            yield* Want.codec().stream(reader, reader.uint32(), `${prefix}.want`, {
                                limits: opts.limits?.want
                            });
                            break;
                        }
                        case 6: {
                            yield* Typing.codec().stream(reader, reader.uint32(), `${prefix}.typing`, {
                                limits: opts.limits?.typing
                            });
                            break;
                        }
                        case 7: {
                            yield* Done.codec().stream(reader, reader.uint32(), `${prefix}.done`, {
                                limits: opts.limits?.done
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
        return encodeMessage(obj, SyncFrame.codec());
    }
    SyncFrame.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, SyncFrame.codec(), opts);
    }
    SyncFrame.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, SyncFrame.codec(), opts);
    }
    SyncFrame.stream = stream;
})(SyncFrame || (SyncFrame = {}));
export var Hello;
(function (Hello) {
    let _codec;
    Hello.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.turn != null && obj.turn !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.turn);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    turn: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.turn = reader.uint64Number();
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
                                field: `${prefix}.turn`,
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
        return encodeMessage(obj, Hello.codec());
    }
    Hello.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Hello.codec(), opts);
    }
    Hello.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Hello.codec(), opts);
    }
    Hello.stream = stream;
})(Hello || (Hello = {}));
export var Log;
(function (Log) {
    let _codec;
    Log.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.conversation != null && obj.conversation.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.conversation);
                }
                if ((obj.author != null && obj.author.byteLength > 0)) {
                    w.uint32(18);
                    w.bytes(obj.author);
                }
                if ((obj.instance != null && obj.instance.byteLength > 0)) {
                    w.uint32(26);
                    w.bytes(obj.instance);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    conversation: new Uint8Array(0),
                    author: new Uint8Array(0),
                    instance: new Uint8Array(0)
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.conversation = reader.bytes();
                            break;
                        }
                        case 2: {
                            obj.author = reader.bytes();
                            break;
                        }
                        case 3: {
                            obj.instance = reader.bytes();
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
                                field: `${prefix}.conversation`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.author`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.instance`,
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
        return encodeMessage(obj, Log.codec());
    }
    Log.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Log.codec(), opts);
    }
    Log.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Log.codec(), opts);
    }
    Log.stream = stream;
})(Log || (Log = {}));
export var Row;
(function (Row) {
    let _codec;
    Row.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if (obj.log != null) {
                    w.uint32(10);
                    Log.codec().encode(obj.log, w);
                }
                if ((obj.seq != null && obj.seq !== 0)) {
                    w.uint32(16);
                    w.uint64Number(obj.seq);
                }
                if ((obj.head != null && obj.head.byteLength > 0)) {
                    w.uint32(26);
                    w.bytes(obj.head);
                }
                if ((obj.read != null && obj.read !== 0)) {
                    w.uint32(32);
                    w.uint64Number(obj.read);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    seq: 0,
                    head: new Uint8Array(0),
                    read: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.log = Log.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.log
                            });
                            break;
                        }
                        case 2: {
                            obj.seq = reader.uint64Number();
                            break;
                        }
                        case 3: {
                            obj.head = reader.bytes();
                            break;
                        }
                        case 4: {
                            obj.read = reader.uint64Number();
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
                            yield* Log.codec().stream(reader, reader.uint32(), `${prefix}.log`, {
                                limits: opts.limits?.log
                            });
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.seq`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.head`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 4: {
                            yield {
                                field: `${prefix}.read`,
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
        return encodeMessage(obj, Row.codec());
    }
    Row.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Row.codec(), opts);
    }
    Row.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Row.codec(), opts);
    }
    Row.stream = stream;
})(Row || (Row = {}));
export var Vector;
(function (Vector) {
    let _codec;
    Vector.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if (obj.rows != null && obj.rows.length > 0) {
                    for (const value of obj.rows) {
                        w.uint32(10);
                        Row.codec().encode(value, w);
                    }
                }
                if ((obj.isComplete != null && obj.isComplete !== false)) {
                    w.uint32(16);
                    w.bool(obj.isComplete);
                }
                if ((obj.isRewind != null && obj.isRewind !== false)) {
                    w.uint32(24);
                    w.bool(obj.isRewind);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    rows: [],
                    isComplete: false,
                    isRewind: false
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            if (opts.limits?.rows != null && obj.rows.length === opts.limits.rows) {
                                throw new MaxLengthError('Decode error - repeated field "rows" had too many elements');
                            }
                            if (obj.rows.length === 512) {
                                throw new MaxLengthError('Decode error - repeated field "rows" had too many elements');
                            }
                            obj.rows.push(Row.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.rows$
                            }));
                            break;
                        }
                        case 2: {
                            obj.isComplete = reader.bool();
                            break;
                        }
                        case 3: {
                            obj.isRewind = reader.bool();
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
                    rows: 512
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            if (opts.limits?.rows != null && obj.rows === opts.limits.rows) {
                                throw new MaxLengthError('Streaming decode error - repeated field "rows" had too many elements');
                            }
                            if (obj.rows === 512) {
                                throw new MaxLengthError('Streaming decode error - repeated field "rows" had too many elements');
                            }
                            for (const evt of Row.codec().stream(reader, reader.uint32(), `${prefix}.rows[]`, {
                                limits: opts.limits?.rows$
                            })) {
                                yield {
                                    ...evt,
                                    index: obj.rows
                                };
                            }
                            obj.rows++;
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.isComplete`,
                                value: reader.bool()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.isRewind`,
                                value: reader.bool()
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
        return encodeMessage(obj, Vector.codec());
    }
    Vector.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Vector.codec(), opts);
    }
    Vector.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Vector.codec(), opts);
    }
    Vector.stream = stream;
})(Vector || (Vector = {}));
export var Entries;
(function (Entries) {
    let _codec;
    Entries.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if (obj.log != null) {
                    w.uint32(10);
                    Log.codec().encode(obj.log, w);
                }
                if (obj.entries != null && obj.entries.length > 0) {
                    for (const value of obj.entries) {
                        w.uint32(18);
                        Signed.codec().encode(value, w);
                    }
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    entries: []
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.log = Log.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.log
                            });
                            break;
                        }
                        case 2: {
                            if (opts.limits?.entries != null && obj.entries.length === opts.limits.entries) {
                                throw new MaxLengthError('Decode error - repeated field "entries" had too many elements');
                            }
                            if (obj.entries.length === 1024) {
                                throw new MaxLengthError('Decode error - repeated field "entries" had too many elements');
                            }
                            obj.entries.push(Signed.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.entries$
                            }));
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
                    entries: 1024
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            yield* Log.codec().stream(reader, reader.uint32(), `${prefix}.log`, {
                                limits: opts.limits?.log
                            });
                            break;
                        }
                        case 2: {
                            if (opts.limits?.entries != null && obj.entries === opts.limits.entries) {
                                throw new MaxLengthError('Streaming decode error - repeated field "entries" had too many elements');
                            }
                            if (obj.entries === 1024) {
                                throw new MaxLengthError('Streaming decode error - repeated field "entries" had too many elements');
                            }
                            for (const evt of Signed.codec().stream(reader, reader.uint32(), `${prefix}.entries[]`, {
                                limits: opts.limits?.entries$
                            })) {
                                yield {
                                    ...evt,
                                    index: obj.entries
                                };
                            }
                            obj.entries++;
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
        return encodeMessage(obj, Entries.codec());
    }
    Entries.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Entries.codec(), opts);
    }
    Entries.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Entries.codec(), opts);
    }
    Entries.stream = stream;
})(Entries || (Entries = {}));
export var Signed;
(function (Signed) {
    let _codec;
    Signed.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.entry != null && obj.entry.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.entry);
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
                    entry: new Uint8Array(0),
                    signature: new Uint8Array(0)
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.entry = reader.bytes();
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
                                field: `${prefix}.entry`,
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
        return encodeMessage(obj, Signed.codec());
    }
    Signed.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Signed.codec(), opts);
    }
    Signed.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Signed.codec(), opts);
    }
    Signed.stream = stream;
})(Signed || (Signed = {}));
export var Refusal;
(function (Refusal) {
    let _codec;
    Refusal.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if (obj.log != null) {
                    w.uint32(10);
                    Log.codec().encode(obj.log, w);
                }
                if ((obj.seq != null && obj.seq !== 0)) {
                    w.uint32(16);
                    w.uint64Number(obj.seq);
                }
                if ((obj.reason != null && obj.reason !== '')) {
                    w.uint32(26);
                    w.string(obj.reason);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    seq: 0,
                    reason: ''
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.log = Log.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.log
                            });
                            break;
                        }
                        case 2: {
                            obj.seq = reader.uint64Number();
                            break;
                        }
                        case 3: {
                            obj.reason = reader.string();
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
                            yield* Log.codec().stream(reader, reader.uint32(), `${prefix}.log`, {
                                limits: opts.limits?.log
                            });
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.seq`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.reason`,
                                value: reader.string()
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
        return encodeMessage(obj, Refusal.codec());
    }
    Refusal.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Refusal.codec(), opts);
    }
    Refusal.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Refusal.codec(), opts);
    }
    Refusal.stream = stream;
})(Refusal || (Refusal = {}));
export var Want;
(function (Want) {
    let _codec;
    Want.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if (obj.log != null) {
                    w.uint32(10);
                    Log.codec().encode(obj.log, w);
                }
                if ((obj.head != null && obj.head.byteLength > 0)) {
                    w.uint32(18);
                    w.bytes(obj.head);
                }
                if (obj.known != null && obj.known.length > 0) {
                    for (const value of obj.known) {
                        w.uint32(26);
                        w.bytes(value);
                    }
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    head: new Uint8Array(0),
                    known: []
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.log = Log.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.log
                            });
                            break;
                        }
                        case 2: {
                            obj.head = reader.bytes();
                            break;
                        }
                        case 3: {
                            if (opts.limits?.known != null && obj.known.length === opts.limits.known) {
                                throw new MaxLengthError('Decode error - repeated field "known" had too many elements');
                            }
                            if (obj.known.length === 64) {
                                throw new MaxLengthError('Decode error - repeated field "known" had too many elements');
                            }
                            obj.known.push(reader.bytes());
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
                    known: 64
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            yield* Log.codec().stream(reader, reader.uint32(), `${prefix}.log`, {
                                limits: opts.limits?.log
                            });
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.head`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 3: {
                            if (opts.limits?.known != null && obj.known === opts.limits.known) {
                                throw new MaxLengthError('Streaming decode error - repeated field "known" had too many elements');
                            }
                            if (obj.known === 64) {
                                throw new MaxLengthError('Streaming decode error - repeated field "known" had too many elements');
                            }
                            yield {
                                field: `${prefix}.known[]`,
                                index: obj.known,
                                value: reader.bytes()
                            };
                            obj.known++;
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
        return encodeMessage(obj, Want.codec());
    }
    Want.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Want.codec(), opts);
    }
    Want.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Want.codec(), opts);
    }
    Want.stream = stream;
})(Want || (Want = {}));
export var Typing;
(function (Typing) {
    let _codec;
    Typing.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.conversation != null && obj.conversation.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.conversation);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    conversation: new Uint8Array(0)
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.conversation = reader.bytes();
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
                                field: `${prefix}.conversation`,
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
        return encodeMessage(obj, Typing.codec());
    }
    Typing.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Typing.codec(), opts);
    }
    Typing.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Typing.codec(), opts);
    }
    Typing.stream = stream;
})(Typing || (Typing = {}));
export var Done;
(function (Done) {
    let _codec;
    Done.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
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
        return encodeMessage(obj, Done.codec());
    }
    Done.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Done.codec(), opts);
    }
    Done.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Done.codec(), opts);
    }
    Done.stream = stream;
})(Done || (Done = {}));
