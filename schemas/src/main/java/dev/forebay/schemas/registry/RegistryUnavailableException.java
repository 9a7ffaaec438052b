package dev.forebay.schemas.registry;

/** No registry answered, or it answered that it cannot work at present. Retrying later may succeed; nothing is wrong with the record at hand. */
public final class RegistryUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
