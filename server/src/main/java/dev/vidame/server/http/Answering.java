package dev.vidame.server.http;

/** Answers requests: the API, or what stands before it. Thread-safe. */
public interface Answering {
  /** Answers a request. The API never throws. */
  Answer answer(Request request, Correlation correlation);

  /** Holds no answer any longer. */
  void letHeldAnswersGo();
}
