package dev.vidame.cli.client;

import java.net.URI;

/**
 * What {@code vidame serve --emulator} takes, which everybody knows. They stand here once more
 * because those of the server would load the server.
 */
public final class EmulatorCredentials {
  /** Where it listens unless told. */
  public static final URI ENDPOINT = URI.create("http://127.0.0.1:8080");

  /** The partner. */
  public static final String TENANT = "6b33f2ba-12c7-49b1-b4e0-7f3fe0a3a7c4";

  /** The application. */
  public static final String CLIENT_ID = "d0d3b0d2-85f0-4c36-8a2b-2b7a5e1f9a53";

  /** Its secret. */
  public static final String CLIENT_SECRET = "example-only-change-me-0123456789";

  /** The agent. */
  public static final String USERNAME = "admin@partner.example";

  /** Its password. */
  public static final String PASSWORD = "Example-Only-77";

  /** The customer. */
  public static final String CUSTOMER = "eebd1b55-5360-4438-a11d-5c06918c3014";

  private EmulatorCredentials() {}

  /** Where it is unless told otherwise, and what it knows. */
  public static Profile profile() {
    return new Profile(
        "emulator",
        ENDPOINT,
        ENDPOINT,
        TENANT,
        CLIENT_ID,
        Grant.EMULATOR,
        null,
        null,
        CUSTOMER,
        false);
  }
}
