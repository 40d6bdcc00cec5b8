package io.rolloutlab.swarm.cluster;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import io.rolloutlab.history.PlainText;
import java.nio.charset.StandardCharsets;

/** Gathers what a container or a command says as one text, both of its streams in their order. */
public final class FrameText extends ResultCallback.Adapter<Frame> {
  private final StringBuilder text = new StringBuilder();

  @Override
  public void onNext(Frame frame) {
    text.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
  }

  /** What was said so far, as plain text. */
  @Override
  public String toString() {
    return PlainText.of(text.toString());
  }
}
