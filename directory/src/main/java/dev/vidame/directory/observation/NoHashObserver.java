package dev.vidame.directory.observation;

/** Forgets all that it is told. */
enum NoHashObserver implements HashObserver {
  NOBODY;

  @Override
  public void opened(PoolLoad load) {}

  @Override
  public void hashed(long nanos) {}
}
