interface Sound {
  stream: MediaStream;
  isMicrophone: boolean;
  release: () => void;
}

/** The microphone; silence when there is none, or the visitor or the browser does not permit it. */
export async function microphoneOrSilence(): Promise<Sound> {
  try {
    // Undefined on pages without HTTPS, whatever the type says.
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    const stream = await devices?.getUserMedia({ audio: true });
    if (stream !== undefined)
      return { stream, isMicrophone: true, release: () => stream.getTracks().forEach((track) => track.stop()) };
  } catch {
    // Without a microphone, the visitor can still listen.
  }
  const context = new AudioContext();
  const { stream } = context.createMediaStreamDestination();
  return { stream, isMicrophone: false, release: () => void context.close() };
}
