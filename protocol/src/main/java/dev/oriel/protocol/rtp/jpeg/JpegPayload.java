package dev.oriel.protocol.rtp.jpeg;

/**
 * A view on the payload of one packet at a time (RFC 2435 section 3.1).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+-----------------------------------------------+
 * | type-specific |                fragment offset                |
 * +---------------+---------------+---------------+---------------+
 * |      type     |       Q       |     width     |     height    |
 * +---------------+---------------+---------------+---------------+
 * |  types 64 to 127: restart interval            |F|L|   count   |
 * +-------------------------------+---------------+-+-+-----------+
 * |  Q from 128, first fragment only: 0 |precision|     length    |
 * +-------------------------------+-------------------------------+
 * |                      tables; then the scan                    |
 * +---------------------------------------------------------------+
 * </pre>
 *
 * <p>Confined to one thread. What it answers holds until the next {@link #moveTo}.
 */
public final class JpegPayload {

    private static final int MAIN_HEADER_BYTES = 8;
    private static final int RESTART_HEADER_BYTES = 4;
    private static final int TABLE_HEADER_BYTES = 4;
    private static final int FIRST_WITH_RESTARTS = 64;
    private static final int FIRST_WITH_TABLES = 128;

    private byte[] bytes = new byte[0];
    private int start;
    private int tablesOffset;
    private int tablesLength;
    private int scanOffset;
    private int end;

    /**
     * Looks at another payload; answers whether it is one. If not, the view is on nothing that may be asked.
     *
     * @param payload read only; {@code offset} and {@code length} must lie within
     */
    public boolean moveTo(byte[] payload, int offset, int length) {
        bytes = payload;
        start = offset;
        end = offset + length;
        if (length < MAIN_HEADER_BYTES) {
            return false;
        }
        int at = offset + MAIN_HEADER_BYTES + (hasRestarts() ? RESTART_HEADER_BYTES : 0);
        tablesOffset = at;
        tablesLength = 0;
        if (quality() >= FIRST_WITH_TABLES && fragmentOffset() == 0) {
            if (at + TABLE_HEADER_BYTES > end) {
                return false;
            }
            tablesOffset = at + TABLE_HEADER_BYTES;
            tablesLength = unsigned16(at + 2);
            at = tablesOffset + tablesLength;
        }
        scanOffset = at;
        return at <= end;
    }

    /** 0 or 3 for a whole picture, 1 and 2 for the odd and the even lines of one. */
    public int typeSpecific() {
        return bytes[start] & 0xff;
    }

    /** Where in the picture's scan this part of it belongs. */
    public int fragmentOffset() {
        return (bytes[start + 1] & 0xff) << 16 | unsigned16(start + 2);
    }

    /** How colours are sampled: 0 is 4:2:2, 1 is 4:2:0, both also with restart markers; others are not defined. */
    public int sampling() {
        int type = bytes[start + 4] & 0xff;
        return hasRestarts() ? type - FIRST_WITH_RESTARTS : type;
    }

    private boolean hasRestarts() {
        int type = bytes[start + 4] & 0xff;
        return type >= FIRST_WITH_RESTARTS && type < 2 * FIRST_WITH_RESTARTS;
    }

    /** Q: 1 to 99 stand for tables that are computed, those from 128 on for tables that are sent. */
    public int quality() {
        return bytes[start + 5] & 0xff;
    }

    /** 0 where the picture is wider than the field can say. */
    public int widthPixels() {
        return (bytes[start + 6] & 0xff) * 8;
    }

    /** 0 where the picture is higher than the field can say. */
    public int heightPixels() {
        return (bytes[start + 7] & 0xff) * 8;
    }

    /** After how many blocks a restart marker comes; 0 without. */
    public int restartInterval() {
        return hasRestarts() ? unsigned16(start + MAIN_HEADER_BYTES) : 0;
    }

    /** Which tables have 16 bits an entry, one bit a table from the lowest on; asked only where there are some. */
    public int tablePrecision() {
        return bytes[tablesOffset - 3] & 0xff;
    }

    /** The array the payload lies in; read only. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the tables begin in {@link #bytes}. */
    public int tablesOffset() {
        return tablesOffset;
    }

    /** How many bytes of tables there are; 0 also where those sent before are meant. */
    public int tablesLength() {
        return tablesLength;
    }

    /** Where the scan begins in {@link #bytes}. */
    public int scanOffset() {
        return scanOffset;
    }

    /** How many bytes of the scan there are; may be 0. */
    public int scanLength() {
        return end - scanOffset;
    }

    private int unsigned16(int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }
}
