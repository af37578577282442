package dev.oriel.protocol.stun;

/** The attribute types that are read or written (RFC 8489 section 18.3, RFC 8445 section 16.1, RFC 8656 section 18). */
final class StunAttribute {

    static final int USERNAME = 0x0006;
    static final int MESSAGE_INTEGRITY = 0x0008;
    static final int ERROR_CODE = 0x0009;
    static final int CHANNEL_NUMBER = 0x000c;
    static final int LIFETIME = 0x000d;
    static final int XOR_PEER_ADDRESS = 0x0012;
    static final int DATA = 0x0013;
    static final int REALM = 0x0014;
    static final int NONCE = 0x0015;
    static final int XOR_RELAYED_ADDRESS = 0x0016;
    static final int REQUESTED_TRANSPORT = 0x0019;
    static final int XOR_MAPPED_ADDRESS = 0x0020;
    static final int PRIORITY = 0x0024;
    static final int USE_CANDIDATE = 0x0025;
    static final int SOFTWARE = 0x8022;
    static final int ALTERNATE_SERVER = 0x8023;
    static final int FINGERPRINT = 0x8028;
    static final int ICE_CONTROLLED = 0x8029;
    static final int ICE_CONTROLLING = 0x802a;

    static final int HEADER_BYTES = 20;
    static final int MAGIC_COOKIE = 0x2112a442;
    static final int TRANSACTION_BYTES = 12;
    static final int INTEGRITY_BYTES = 20;
    static final int FINGERPRINT_XOR = 0x5354554e;

    private StunAttribute() {}
}
