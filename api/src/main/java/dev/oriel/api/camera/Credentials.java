package dev.oriel.api.camera;

/** How to be let in: nothing, or a user with a password. The password is never printed. */
public sealed interface Credentials {

    /** The absence of credentials. */
    Credentials NONE = new None();

    /** No credentials are known. */
    record None() implements Credentials {}

    /**
     * A user name and its password, both decoded.
     *
     * @param user may be empty
     * @param password may be empty; kept out of {@link #toString()}
     */
    record UserPassword(String user, String password) implements Credentials {
        @Override
        public String toString() {
            return "UserPassword[user=" + user + ", password=***]";
        }
    }
}
