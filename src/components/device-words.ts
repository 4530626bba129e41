/** What the devices' menu says: in its own file, so that a page without the menu does not load it. */
export const DEVICE_WORDS = {
  devices: 'Microphone and sound',
  microphone: 'Microphone',
  speaker: 'Speaker',
  otherSpeaker: 'Choose another speaker',
  volume: 'Volume',
  standard: 'Default',
  devicesUnknown: 'Which there are is known once the microphone is allowed.',
  deviceRefused: 'That one cannot be used. Nothing has changed.',
} as const;

export type DeviceWords = Readonly<Record<keyof typeof DEVICE_WORDS, string>>;
