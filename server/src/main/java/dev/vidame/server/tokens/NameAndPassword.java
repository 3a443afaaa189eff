package dev.vidame.server.tokens;

import java.net.InetAddress;

/**
 * What somebody gives to sign in.
 *
 * @param userName as typed; empty for none
 * @param password as typed; empty for none
 * @param address from where
 */
public record NameAndPassword(String userName, String password, InetAddress address) {
  /** Shows no password, nor a name, which may be a password in the wrong field. */
  @Override
  public String toString() {
    return "NameAndPassword";
  }
}
