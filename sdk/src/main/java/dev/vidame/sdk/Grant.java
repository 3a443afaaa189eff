package dev.vidame.sdk;

import java.util.Map;

/** How a token is asked for. */
sealed interface Grant {

  /** The grant's own members of the form. */
  Map<String, String> form();

  /** Whether the token stands for a person. */
  boolean isForUser();

  /** Keeps what the token endpoint says about the next time. */
  default void rotated(String refreshToken) {}

  /** The application for itself. */
  record ClientCredentials() implements Grant {
    @Override
    public Map<String, String> form() {
      return Map.of("grant_type", "client_credentials");
    }

    @Override
    public boolean isForUser() {
      return false;
    }
  }

  /** A person, by name and password. */
  record UserPassword(String username, String password) implements Grant {
    @Override
    public Map<String, String> form() {
      return Map.of("grant_type", "password", "username", username, "password", password);
    }

    @Override
    public boolean isForUser() {
      return true;
    }

    @Override
    public String toString() {
      return "UserPassword[username=" + username + ", password=***]";
    }
  }

  /** A person who signed in earlier. */
  record RefreshToken(RefreshTokenStore store) implements Grant {
    @Override
    public Map<String, String> form() {
      return Map.of("grant_type", "refresh_token", "refresh_token", store.load());
    }

    @Override
    public boolean isForUser() {
      return true;
    }

    @Override
    public void rotated(String refreshToken) {
      store.save(refreshToken);
    }
  }
}
