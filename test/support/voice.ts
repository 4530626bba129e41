/** The browser's fake microphone as it really is, whatever has been put in its place. */
export function openFakeMicrophone(): Promise<MediaStream> {
  return MediaDevices.prototype.getUserMedia.call(navigator.mediaDevices, {audio: true});
}

/**
 * Puts `answer` in the place of the microphone prompt, as in a browser where nothing has been
 * allowed yet (or as `state` says), and counts the prompts.
 */
export function replaceMicrophone(
  answer: (constraints?: MediaStreamConstraints) => Promise<MediaStream>,
  state: PermissionState = 'prompt',
) {
  const microphone = {prompts: 0};
  navigator.permissions.query = () => Promise.resolve({state} as PermissionStatus);
  navigator.mediaDevices.getUserMedia = constraints => {
    microphone.prompts += 1;
    return answer(constraints);
  };
  return microphone;
}

/** Brings the browser's own prompt back. */
export function restoreMicrophone(): void {
  Reflect.deleteProperty(navigator.mediaDevices, 'getUserMedia');
  Reflect.deleteProperty(navigator.permissions, 'query');
}
