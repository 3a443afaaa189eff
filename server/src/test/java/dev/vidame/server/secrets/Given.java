package dev.vidame.server.secrets;

/**
 * A secret that is good.
 *
 * @param name what it is
 * @param secret itself
 * @param isShownOnce whether the server made it, so that one answer must show it
 */
record Given(String name, String secret, boolean isShownOnce) {}
