package dev.vidame.directory.observation;

/** Tells two observers, one after the other. */
record TwoStoreObservers(StoreObserver first, StoreObserver second) implements StoreObserver {
  @Override
  public void opened(Queue queue) {
    first.opened(queue);
    second.opened(queue);
  }

  @Override
  public Batch began(int changes) {
    return new TwoBatches(first.began(changes), second.began(changes));
  }

  @Override
  public void refused() {
    first.refused();
    second.refused();
  }

  @Override
  public void checkpointed(boolean heldCommits, long nanos) {
    first.checkpointed(heldCommits, nanos);
    second.checkpointed(heldCommits, nanos);
  }

  @Override
  public void closed() {
    first.closed();
    second.closed();
  }

  private record TwoBatches(Batch first, Batch second) implements Batch {
    @Override
    public void committed() {
      first.committed();
      second.committed();
    }

    @Override
    public void failed() {
      first.failed();
      second.failed();
    }
  }
}
