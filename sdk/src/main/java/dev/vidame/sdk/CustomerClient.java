package dev.vidame.sdk;

/** One customer. Immutable and thread-safe. */
public final class CustomerClient {
  private final ApiCalls calls;
  private final String path;

  CustomerClient(ApiCalls calls, String path) {
    this.calls = calls;
    this.path = path;
  }

  /** The customer's user accounts. */
  public UsersClient users() {
    return new UsersClient(calls, path + "/users");
  }
}
