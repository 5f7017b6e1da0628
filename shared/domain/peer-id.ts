/** A libp2p peer id in its text form (`12D3KooW…`). The id of an Ed25519 peer is its public key. */
export type PeerId = string
