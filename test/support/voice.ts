/** The browser's fake microphone as it really is, whatever has been put in its place. */
export function openFakeMicrophone(): Promise<MediaStream> {
  return MediaDevices.prototype.getUserMedia.call(navigator.mediaDevices, {audio: true});
}

/** Puts `answer` in the place of the microphone prompt, and counts the prompts. */
export function replaceMicrophone(answer: () => Promise<MediaStream>) {
  const microphone = {
    prompts: 0,
    /** Brings the prompt back. */
    restore: () => void Reflect.deleteProperty(navigator.mediaDevices, 'getUserMedia'),
  };
  navigator.mediaDevices.getUserMedia = () => {
    microphone.prompts += 1;
    return answer();
  };
  return microphone;
}
