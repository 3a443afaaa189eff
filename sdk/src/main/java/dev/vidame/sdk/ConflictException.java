package dev.vidame.sdk;

/**
 * The change collides with what is there or under way (409). Code 990003 says that the request id
 * was used for another change, or that this change is still being made under it. {@link
 * NameTakenException} is the collision that another name mends.
 */
public sealed class ConflictException extends PartnerException permits NameTakenException {
  private static final long serialVersionUID = 1L;

  ConflictException(Failure failure) {
    super(failure, null);
  }
}
