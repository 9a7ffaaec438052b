package dev.forebay.schemas.registry;

/** The registry answered, and said no: an incompatible schema, a missing subject, a refused login. */
public final class RegistryRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int errorCode;

    /** @param errorCode the registry's own, such as 409 or 40401 */
    public RegistryRefusedException(int errorCode, String message) {
        super(message);
        this.errorCode = errorCode;
    }

    public int errorCode() {
        return errorCode;
    }
}
