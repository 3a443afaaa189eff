package dev.vidame.directory.observation;

/** Forgets all that it is told. */
enum NoStoreObserver implements StoreObserver, StoreObserver.Batch {
  NOBODY;

  @Override
  public void opened(Queue queue) {}

  @Override
  public Batch began(int changes) {
    return this;
  }

  @Override
  public void committed() {}

  @Override
  public void failed() {}

  @Override
  public void refused() {}

  @Override
  public void checkpointed(boolean heldCommits, long nanos) {}

  @Override
  public void closed() {}
}
