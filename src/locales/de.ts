import {addLocale} from '../locale.js';

addLocale({
  lang: 'de',
  start: 'Gespräch starten',
  goOn: 'Fortsetzen',
  cancel: 'Abbrechen',
  end: 'Beenden',
  mute: 'Mikrofon stummschalten',
  captions: 'Untertitel',
  handsOn: 'Manuell senden',
  handsOnHint: 'Sie bestimmen, wann Ihre Antwort gesendet wird',
  send: 'Antwort senden',
  sendWaiting: 'Erst sprechen, dann senden',
  sending: 'Wird gesendet',
  discard: 'Verwerfen',
  keep: 'Weiter überlegen',
  hold: 'Zum Sprechen gedrückt halten',
  holding: 'Zum Senden loslassen',
  newTab: 'In neuem Tab öffnen',
  playSound: 'Ton abspielen',
  player: 'Die KI',
  launcher: 'Mit der KI sprechen',
  consent: 'Ihre Einwilligung',
  agree: 'Zustimmen und starten',
  disagree: 'Nicht jetzt',
  transcript: 'Gesprächsverlauf',
  transcriptEmpty: 'Hier erscheint, was Sie und die KI sagen.',
  latest: 'Zum Neuesten',
  typeInstead: 'Schreiben statt sprechen',
  sendText: 'Text senden',
  user: 'Sie',
  assistant: 'KI',
  idle: 'Bereit, wenn Sie es sind',
  preparing: 'Einen Moment',
  askingMicrophone: 'Bitte erlauben Sie das Mikrofon',
  reachingEngine: 'Verbindung wird hergestellt',
  reconnecting: 'Verbindung unterbrochen, wird wiederhergestellt',
  listening: 'Hört zu',
  thinking: 'Denkt nach',
  speaking: 'Spricht',
  yourTurn: 'Sie sind an der Reihe',
  talking: 'Lassen Sie sich Zeit und senden Sie dann',
  paused: 'Überlegen Sie noch? Ihre Antwort wird gleich gesendet',
  ready: 'Senden Sie, wenn Sie so weit sind',
  sent: 'Ihre Antwort ist unterwegs',
  muted: 'Ihr Mikrofon ist stummgeschaltet',
  unheard: 'Sie sind stummgeschaltet: Heben Sie das auf, um gehört zu werden',
  silent: 'Wir hören nichts: Prüfen Sie Ihr Mikrofon',
  left: 'Pausiert',
  ended: 'Das Gespräch ist beendet',
  devices: 'Mikrofon und Ton',
  microphone: 'Mikrofon',
  speaker: 'Lautsprecher',
  otherSpeaker: 'Anderen Lautsprecher wählen',
  volume: 'Lautstärke',
  standard: 'Standard',
  devicesUnknown: 'Welche es gibt, zeigt sich, sobald das Mikrofon erlaubt ist.',
  deviceRefused: 'Dieses Gerät lässt sich nicht verwenden. Es bleibt alles, wie es war.',
  'microphone-denied':
    'Das Mikrofon wurde nicht erlaubt. Erlauben Sie es im Browser für diese Website und versuchen Sie es dann erneut.',
  'microphone-missing':
    'Es wurde kein Mikrofon gefunden. Schließen Sie eines an und versuchen Sie es dann erneut.',
  'microphone-busy':
    'Das Mikrofon konnte nicht gestartet werden. Schließen Sie andere Programme, die es verwenden, und versuchen Sie es dann erneut.',
  'microphone-lost':
    'Das Mikrofon ist ausgefallen. Prüfen Sie, ob es angeschlossen ist, und starten Sie dann erneut.',
  'blocked-by-policy':
    'Diese Seite darf das Mikrofon nicht verwenden. Öffnen Sie sie in einem eigenen Tab oder bitten Sie den Betreiber, es zu erlauben.',
  'insecure-context': 'Das Mikrofon braucht eine sichere Seite. Öffnen Sie diese Seite über https.',
  unsupported: 'Dieser Browser kann kein Gespräch führen. Verwenden Sie einen aktuellen.',
  'invalid-options':
    'Das Gespräch wurde falsch eingerichtet. Sagen Sie dem Betreiber der Website Bescheid.',
  unauthorized:
    'Der Dienst hat dieses Gespräch abgelehnt. Fordern Sie auf der Website ein neues an.',
  'session-not-found':
    'Das Gespräch konnte nicht beginnen. Laden Sie die Seite neu, um ein anderes zu beginnen.',
  'session-ended':
    'Dieses Gespräch ist beendet. Laden Sie die Seite neu, um ein anderes zu beginnen.',
  'session-busy':
    'Dieses Gespräch ist an anderer Stelle geöffnet. Schließen Sie es dort und starten Sie dann erneut.',
  'engine-unreachable':
    'Der Dienst ist nicht erreichbar. Prüfen Sie Ihre Internetverbindung und starten Sie dann erneut.',
  'engine-busy': 'Der Dienst ist ausgelastet. Warten Sie einen Moment und starten Sie dann erneut.',
  'engine-error': 'Beim Dienst ist ein Fehler aufgetreten. Starten Sie erneut.',
  'bad-answer': 'Beim Dienst ist ein Fehler aufgetreten. Starten Sie erneut.',
  'protocol-error': 'Beim Dienst ist ein Fehler aufgetreten. Starten Sie erneut.',
  'connect-timeout':
    'Der Verbindungsaufbau hat zu lange gedauert. Prüfen Sie Ihre Internetverbindung und starten Sie dann erneut.',
  'connection-lost':
    'Die Verbindung wurde unterbrochen. Prüfen Sie Ihre Internetverbindung und starten Sie dann erneut.',
  'playback-blocked':
    'Der Browser hält den Ton zurück. Starten Sie die Wiedergabe, um die KI zu hören.',
});
