package dev.forebay.worker.reuse;

/**
 * What stands for a text of a tenant's task on one model: a salted SHA-256. Two of them are equal only where all of that
 * is equal, so it is compared in place of the text; a shorter hash could give one request another's answer.
 */
public record ContentKey(long first, long second, long third, long fourth) {
    /** Any bits will do: the salt keeps them from being chosen by whoever writes the texts. */
    @Override
    public int hashCode() {
        return (int) first;
    }
}
