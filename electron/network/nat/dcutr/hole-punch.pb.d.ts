// Made by wire/generate.ts from the .proto file beside it. Change that one and run `npm run generate`.
import type { DecodeOptions } from 'protons-runtime';
import type { Uint8ArrayList } from 'uint8arraylist';
export interface HolePunch {
    type: number;
    observedAddresses: Uint8Array[];
}
export declare namespace HolePunch {
    function encode(obj: Partial<HolePunch>): Uint8Array<ArrayBuffer>;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<HolePunch>): HolePunch;
}
