// Made by wire/generate.ts from the .proto file beside it. Change that one and run `npm run generate`.
import { decodeMessage, encodeMessage, message, streamMessage } from 'protons-runtime';
export var SignedEntry;
(function (SignedEntry) {
    let _codec;
    SignedEntry.codec = () => {
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
        return encodeMessage(obj, SignedEntry.codec());
    }
    SignedEntry.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, SignedEntry.codec(), opts);
    }
    SignedEntry.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, SignedEntry.codec(), opts);
    }
    SignedEntry.stream = stream;
})(SignedEntry || (SignedEntry = {}));
export var Entry;
(function (Entry) {
    let _codec;
    Entry.codec = () => {
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
                if ((obj.seq != null && obj.seq !== 0)) {
                    w.uint32(32);
                    w.uint64Number(obj.seq);
                }
                if ((obj.previous != null && obj.previous.byteLength > 0)) {
                    w.uint32(42);
                    w.bytes(obj.previous);
                }
                if ((obj.lamport != null && obj.lamport !== 0)) {
                    w.uint32(48);
                    w.uint64Number(obj.lamport);
                }
                if ((obj.writtenAt != null && obj.writtenAt !== 0)) {
                    w.uint32(56);
                    w.uint64Number(obj.writtenAt);
                }
                if ((obj.salt != null && obj.salt.byteLength > 0)) {
                    w.uint32(66);
                    w.bytes(obj.salt);
                }
                if ((obj.kind != null && obj.kind !== 0)) {
                    w.uint32(72);
                    w.uint32(obj.kind);
                }
                if ((obj.body != null && obj.body.byteLength > 0)) {
                    w.uint32(82);
                    w.bytes(obj.body);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    conversation: new Uint8Array(0),
                    author: new Uint8Array(0),
                    instance: new Uint8Array(0),
                    seq: 0,
                    previous: new Uint8Array(0),
                    lamport: 0,
                    writtenAt: 0,
                    salt: new Uint8Array(0),
                    kind: 0,
                    body: new Uint8Array(0)
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
                        case 4: {
                            obj.seq = reader.uint64Number();
                            break;
                        }
                        case 5: {
                            obj.previous = reader.bytes();
                            break;
                        }
                        case 6: {
                            obj.lamport = reader.uint64Number();
                            break;
                        }
                        case 7: {
                            obj.writtenAt = reader.uint64Number();
                            break;
                        }
                        case 8: {
                            obj.salt = reader.bytes();
                            break;
                        }
                        case 9: {
                            obj.kind = reader.uint32();
                            break;
                        }
                        case 10: {
                            obj.body = reader.bytes();
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
                        case 4: {
                            yield {
                                field: `${prefix}.seq`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 5: {
                            yield {
                                field: `${prefix}.previous`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 6: {
                            yield {
                                field: `${prefix}.lamport`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 7: {
                            yield {
                                field: `${prefix}.writtenAt`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 8: {
                            yield {
                                field: `${prefix}.salt`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 9: {
                            yield {
                                field: `${prefix}.kind`,
                                value: reader.uint32()
                            };
                            break;
                        }
                        case 10: {
                            yield {
                                field: `${prefix}.body`,
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
        return encodeMessage(obj, Entry.codec());
    }
    Entry.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Entry.codec(), opts);
    }
    Entry.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Entry.codec(), opts);
    }
    Entry.stream = stream;
})(Entry || (Entry = {}));
export var TextBody;
(function (TextBody) {
    let _codec;
    TextBody.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.text != null && obj.text.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.text);
                }
                if (obj.inReplyTo != null) {
                    w.uint32(18);
                    w.bytes(obj.inReplyTo);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    text: new Uint8Array(0)
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.text = reader.bytes();
                            break;
                        }
                        case 2: {
                            obj.inReplyTo = reader.bytes();
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
                                field: `${prefix}.text`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.inReplyTo`,
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
        return encodeMessage(obj, TextBody.codec());
    }
    TextBody.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, TextBody.codec(), opts);
    }
    TextBody.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, TextBody.codec(), opts);
    }
    TextBody.stream = stream;
})(TextBody || (TextBody = {}));
export var ReactionBody;
(function (ReactionBody) {
    let _codec;
    ReactionBody.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.target != null && obj.target.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.target);
                }
                if ((obj.emoji != null && obj.emoji.byteLength > 0)) {
                    w.uint32(18);
                    w.bytes(obj.emoji);
                }
                if ((obj.isOn != null && obj.isOn !== false)) {
                    w.uint32(24);
                    w.bool(obj.isOn);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    target: new Uint8Array(0),
                    emoji: new Uint8Array(0),
                    isOn: false
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.target = reader.bytes();
                            break;
                        }
                        case 2: {
                            obj.emoji = reader.bytes();
                            break;
                        }
                        case 3: {
                            obj.isOn = reader.bool();
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
                                field: `${prefix}.target`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.emoji`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.isOn`,
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
        return encodeMessage(obj, ReactionBody.codec());
    }
    ReactionBody.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, ReactionBody.codec(), opts);
    }
    ReactionBody.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, ReactionBody.codec(), opts);
    }
    ReactionBody.stream = stream;
})(ReactionBody || (ReactionBody = {}));
export var EditBody;
(function (EditBody) {
    let _codec;
    EditBody.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.target != null && obj.target.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.target);
                }
                if ((obj.text != null && obj.text.byteLength > 0)) {
                    w.uint32(18);
                    w.bytes(obj.text);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    target: new Uint8Array(0),
                    text: new Uint8Array(0)
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.target = reader.bytes();
                            break;
                        }
                        case 2: {
                            obj.text = reader.bytes();
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
                                field: `${prefix}.target`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.text`,
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
        return encodeMessage(obj, EditBody.codec());
    }
    EditBody.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, EditBody.codec(), opts);
    }
    EditBody.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, EditBody.codec(), opts);
    }
    EditBody.stream = stream;
})(EditBody || (EditBody = {}));
export var DeleteBody;
(function (DeleteBody) {
    let _codec;
    DeleteBody.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.target != null && obj.target.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.target);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    target: new Uint8Array(0)
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.target = reader.bytes();
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
                                field: `${prefix}.target`,
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
        return encodeMessage(obj, DeleteBody.codec());
    }
    DeleteBody.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, DeleteBody.codec(), opts);
    }
    DeleteBody.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, DeleteBody.codec(), opts);
    }
    DeleteBody.stream = stream;
})(DeleteBody || (DeleteBody = {}));
export var ProfileBody;
(function (ProfileBody) {
    let _codec;
    ProfileBody.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.name != null && obj.name.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.name);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    name: new Uint8Array(0)
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.name = reader.bytes();
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
        return encodeMessage(obj, ProfileBody.codec());
    }
    ProfileBody.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, ProfileBody.codec(), opts);
    }
    ProfileBody.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, ProfileBody.codec(), opts);
    }
    ProfileBody.stream = stream;
})(ProfileBody || (ProfileBody = {}));
