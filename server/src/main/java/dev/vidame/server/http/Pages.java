package dev.vidame.server.http;

import dev.vidame.server.tokens.Caller;
import org.jspecify.annotations.Nullable;

/** What is for people in their browsers, and not for programs. Thread-safe. */
public interface Pages {
  /** Whether a request is for one of them, known or not. */
  boolean have(Request request);

  /**
   * The agent who is signed in in the browser.
   *
   * @throws ApiException with status 401 when there is none
   */
  Caller authenticate(Call call);

  /**
   * Requires that what changes something comes from a form of these pages, in this browser.
   *
   * @throws ApiException when it does not
   */
  void requireOurForm(Call call);

  /**
   * A refusal as a page.
   *
   * @param refusal what a program would get
   * @param why the reason; null where it comes too soon
   */
  Answer shown(
      Request request, Correlation correlation, Answer refusal, @Nullable ApiException why);

  /** None at all. */
  static Pages none() {
    return new Pages() {
      @Override
      public boolean have(Request request) {
        return false;
      }

      @Override
      public Caller authenticate(Call call) {
        throw ApiErrors.accessDenied();
      }

      @Override
      public void requireOurForm(Call call) {
        throw ApiErrors.accessDenied();
      }

      @Override
      public Answer shown(
          Request request, Correlation correlation, Answer refusal, @Nullable ApiException why) {
        return refusal;
      }
    };
  }
}
