package dev.vidame.sdk;

import java.util.Map;
import java.util.function.Consumer;

/** How a token is asked for. */
sealed interface Grant {

  /** The grant's own members of the form. */
  Map<String, String> form();

  /** Whether the token stands for a person. */
  boolean isForUser();

  /** What is asked for at an endpoint of version 2. */
  default String scope(String resource) {
    return resource + "/.default";
  }

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

  /** A person, by name and password now and with what that brought afterwards. */
  record KeptUserPassword(UserPassword once, RefreshTokenStore store) implements Grant {
    @Override
    public Map<String, String> form() {
      return once.form();
    }

    @Override
    public boolean isForUser() {
      return true;
    }

    @Override
    public String scope(String resource) {
      return deviceScope(resource);
    }

    @Override
    public void rotated(String refreshToken) {
      store.save(refreshToken);
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

  /** A person who signs in with another device once, and with what that brought afterwards. */
  record DeviceCodes(Consumer<DeviceCode> prompt, RefreshTokenStore store) implements Grant {
    @Override
    public Map<String, String> form() {
      throw new IllegalStateException("Takes several requests: DeviceSignIn");
    }

    @Override
    public boolean isForUser() {
      return true;
    }
  }

  /** A person who is signing in with another device. */
  record Device(String deviceCode, RefreshTokenStore store) implements Grant {
    @Override
    public Map<String, String> form() {
      return Map.of(
          "grant_type", "urn:ietf:params:oauth:grant-type:device_code", "device_code", deviceCode);
    }

    @Override
    public boolean isForUser() {
      return true;
    }

    @Override
    public String scope(String resource) {
      return deviceScope(resource);
    }

    @Override
    public void rotated(String refreshToken) {
      store.save(refreshToken);
    }

    @Override
    public String toString() {
      return "Device[deviceCode=***]";
    }
  }

  /** What a person is asked to allow a device. */
  static String deviceScope(String resource) {
    return resource + "/user_impersonation offline_access";
  }
}
