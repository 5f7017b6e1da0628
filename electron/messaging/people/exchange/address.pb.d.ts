// Made by wire/generate.ts from the .proto file beside it. Change that one and run `npm run generate`.
import type { DecodeOptions } from 'protons-runtime';
import type { Uint8ArrayList } from 'uint8arraylist';
export interface Whereabouts {
    name: string;
    addressRecord: Uint8Array;
}
export declare namespace Whereabouts {
    function encode(obj: Partial<Whereabouts>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Whereabouts>): Whereabouts;
}
export interface SignedAddressRecord {
    record: Uint8Array;
    signature: Uint8Array;
}
export declare namespace SignedAddressRecord {
    function encode(obj: Partial<SignedAddressRecord>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<SignedAddressRecord>): SignedAddressRecord;
}
export interface AddressRecord {
    owner: Uint8Array;
    number: number;
    relayed: Uint8Array[];
    direct: Uint8Array[];
}
export declare namespace AddressRecord {
    function encode(obj: Partial<AddressRecord>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<AddressRecord>): AddressRecord;
}
