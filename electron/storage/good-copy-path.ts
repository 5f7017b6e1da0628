/** Where the last good copy of a database lies. Apart from good-copy.ts, so that asking does not load the driver. */
export const goodCopyPath = (path: string): string => `${path}.good`
