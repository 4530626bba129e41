/** Something a visitor can ask and what the guide says to it. */
export interface Topic {
  /** The wordings it is understood by, as they are written; the first one is offered to visitors. */
  readonly wordings: readonly [string, ...string[]];
  /** One to three short sentences. */
  readonly answer: readonly [string, ...string[]];
}

/** All that the guide knows. A word that the recogniser's dictionary lacks is in `grammar.ts`. */
export const TOPICS: readonly Topic[] = [
  {
    wordings: ['What can you do?', 'What can I ask you?', 'What do you know?', 'Can you help me?'],
    answer: [
      'I can tell you about the element that we are talking through.',
      'Ask me how to put it on your website, for example, or what hands-on mode is.',
    ],
  },
  {
    wordings: ['Who are you?', 'What are you?', 'What is your name?', 'Are you a real person?'],
    answer: [
      'I am Ada, the guide of this page, and not a real person.',
      'I run on the same computer that serves it, without any service behind me.',
    ],
  },
  {
    wordings: ['What is Diarupt?', 'What is this?', 'Tell me about Diarupt.'],
    answer: [
      'Diarupt lets the visitors of a website talk with an AI, by voice or face to face.',
      'This is its script for the browser, and a tag to put into a page.',
    ],
  },
  {
    wordings: [
      'How do I put you on my website?',
      'How do I add you to my page?',
      'How do I install you?',
      'How do I use you?',
    ],
    answer: [
      'Load the script and put the diarupt-interaction tag into your page.',
      'Your server creates a session, and the tag gets its id.',
    ],
  },
  {
    wordings: [
      'What is hands-on mode?',
      'What does hands-on mean?',
      'How does hands-on mode work?',
    ],
    answer: [
      'In hands-on mode you decide when you have finished, and send your response yourself.',
      'If you fall silent for long enough, it is sent for you.',
    ],
  },
  {
    wordings: ['What is hands-free mode?', 'What does hands-free mean?'],
    answer: ['In hands-free mode you just talk, and I answer as soon as you pause.'],
  },
  {
    wordings: ['Is my microphone on?', 'Is the microphone on?', 'How do I mute the microphone?'],
    answer: [
      'Your microphone is on while we talk, or I could not have heard that.',
      'The microphone button mutes it.',
    ],
  },
  {
    wordings: ['Can you hear me?', 'Are you listening?', 'Are you there?'],
    answer: ['Yes, I can hear you.'],
  },
  {
    wordings: ['Can you see me?', 'Is my camera on?'],
    answer: ['No, I cannot see you.', 'I only get the sound of your microphone.'],
  },
  {
    wordings: ['Do you record me?', 'Where is my data?', 'Do you keep what I say?'],
    answer: [
      'I do not keep your voice.',
      'Our words stay in the history of this session, on the computer that I run on.',
    ],
  },
  {
    wordings: ['How do I stop?', 'How do I hang up?', 'How do I end the conversation?'],
    answer: ['Press the button that ends the conversation.', 'You can come back and go on later.'],
  },
  {
    wordings: [
      'Which browsers do you support?',
      'Do you work in Firefox?',
      'Does it work on my phone?',
    ],
    answer: [
      'I am tested in Chromium and in Firefox.',
      'Any current browser that can make a call should work too.',
    ],
  },
  {
    wordings: ['What events are there?', 'How do I listen to events?'],
    answer: [
      'There are open, transcript, error and close.',
      'In hands-on mode there are also events for when you start and stop talking.',
    ],
  },
  {
    wordings: ['Can I type instead?', 'Can I write instead of talking?'],
    answer: ['Yes, write to me, and I will answer aloud.', 'All we say is in the transcript.'],
  },
  {
    wordings: ['Can I interrupt you?', 'How do I interrupt you?'],
    answer: ['Yes, just start to talk, and I will stop.'],
  },
  {
    wordings: ['What does it cost?', 'How much does it cost?', 'Is it free?'],
    answer: [
      'The element is free, and so am I on your own computer.',
      'The hosted engine is billed by the second.',
    ],
  },
  {
    wordings: ['How do you work?', 'How does it work?', 'How do you understand me?'],
    answer: [
      'Your voice comes to me as in a video call.',
      'I look for the questions I know in it, and speak the answer while my face is drawn.',
    ],
  },
  {
    wordings: ['Tell me a joke.', 'Do you know a joke?'],
    answer: ['Why did the microphone go to school?', 'It wanted to be a little more sound.'],
  },
  {
    wordings: ['How are you?', 'How are you doing?', 'How are you today?'],
    answer: ['Very well, thank you.', 'What would you like to know?'],
  },
  {
    wordings: ['Hello.', 'Hi.', 'Hi there.', 'Good morning.'],
    answer: ['Hello!', 'What would you like to know?'],
  },
  {
    wordings: ['Thank you.', 'Thanks.', 'Thank you very much.'],
    answer: ['You are welcome.'],
  },
  {
    wordings: ['Goodbye.', 'Bye.', 'See you later.'],
    answer: ['Goodbye!', 'It was nice to talk with you.'],
  },
];

/** What a page can offer its visitors to ask. */
export const QUESTIONS: readonly string[] = TOPICS.map(topic => topic.wordings[0]);

/** A sentence as it is spoken: lower case, words and single spaces only. */
export function spoken(sentence: string): string {
  return sentence
    .toLowerCase()
    .replace(/[^a-z' ]+/g, ' ')
    .trim()
    .replace(/ +/g, ' ');
}
