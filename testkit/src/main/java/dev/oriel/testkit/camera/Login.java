package dev.oriel.testkit.camera;

/**
 * What a camera wants from who opens it.
 *
 * @param scheme how the password is asked for
 * @param user empty for nobody
 * @param password empty for none
 */
public record Login(Scheme scheme, String user, String password) {

    /** Everybody may come in. */
    public static final Login OPEN = new Login(Scheme.NONE, "", "");

    /** An RTSP authentication scheme (RFC 7826, section 19.1). */
    public enum Scheme {
        NONE,
        BASIC,
        DIGEST
    }

    public static Login basic(String user, String password) {
        return new Login(Scheme.BASIC, user, password);
    }

    public static Login digest(String user, String password) {
        return new Login(Scheme.DIGEST, user, password);
    }

    @Override
    public String toString() {
        return scheme + " login of " + user;
    }
}
