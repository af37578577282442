package dev.oriel.egress.passthrough.net;

/** A connection to a TURN server, or a socket that speaks to it alone. Only to be used on the port's thread. */
interface RelayLink {

    /** What the other end does. */
    interface Events {
        /** A message at the beginning of an array that is written to again afterwards. */
        void received(byte[] bytes, int length);

        /** It is over; the sentence goes on behind the server's name. */
        void closed(String sentence);
    }

    /** Writes a message, without sending it yet; false if there is no room. */
    boolean write(byte[] bytes, int length);

    void flush();

    /** Sends what was written, and ends it. */
    void close();
}
