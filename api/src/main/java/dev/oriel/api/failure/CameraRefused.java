package dev.oriel.api.failure;

/** The camera answers and says no. */
public final class CameraRefused extends RelayException {

    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * A refusal.
     *
     * @param status the status code of the camera's protocol, e.g. 401 (RFC 2326 section 7.1.1)
     * @param sentence what it means
     */
    public CameraRefused(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    /** The status code of the camera's protocol. */
    public int status() {
        return status;
    }
}
