package dev.oriel.runtime;

/** A command line, or a file named on it, that cannot be followed; the message is a sentence for the user. */
final class UsageException extends Exception {

    private static final long serialVersionUID = 1L;

    UsageException(String sentence) {
        super(sentence);
    }
}
