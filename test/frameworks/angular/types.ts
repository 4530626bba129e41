/** What Angular's templates must take, and must not: the line after each `Refused`. Never run. */
import {Component} from '@angular/core';
import type {Transcript} from 'diarupt';
import {DiaruptElements, type DiaruptInteractionDirective} from 'diarupt/angular';
import type {Inputs} from '../../../dist/frameworks/angular-inputs.js';

/** It has all that the other frameworks' types have. */
const untold: Record<Exclude<keyof Inputs, keyof DiaruptInteractionDirective>, never> = {};

@Component({
  selector: 'app-taken',
  imports: [DiaruptElements],
  template: `
    <diarupt-interaction
      #talk
      class="large"
      aria-label="Talk with us"
      session-url="/session"
      engineUrl="https://engine.example"
      mode="hands-on"
      hands-on-timeout="none"
      audio-only
      captions
      volume="0.5"
      [handsOnTimeout]="3000"
      [text-input]="true"
      [stream]="stream"
      [words]="{start: 'Ask us'}"
      [next]="next"
      (open)="text($event.detail)"
      (transcript)="hear($event.detail)"
      (user-stopped-talking)="nothing($event.detail)"
      (error)="text($event.detail.message)"
      (statechange)="text(talk.status)"
      (beforeconnect)="$event.waitUntil(consent)"
      (click)="talk.connect()"
    >
      <diarupt-player class="face" />
      <diarupt-call-button [hidden]="true" />
    </diarupt-interaction>
  `,
})
export class Taken {
  untold = untold;
  stream = new MediaStream();
  consent = Promise.resolve();
  next = () => {};
  text(_text: string) {}
  nothing(_nothing: null) {}
  hear(_line: Transcript) {}
}

@Component({
  selector: 'app-refused',
  imports: [DiaruptElements],
  template: `
    <!-- Refused: there is no such mode. -->
    <diarupt-interaction mode="hands-up" />
    <!-- Refused: nor is there when it is bound. -->
    <diarupt-interaction [mode]="'hands-up'" />
    <!-- Refused: a timeout is a number. -->
    <diarupt-interaction hands-on-timeout="soon" />
    <!-- Refused: a session is no number. -->
    <diarupt-interaction [session-id]="7" />
    <!-- Refused: there is no such property. -->
    <diarupt-interaction [sesionId]="'id'" />
    <!-- Refused: the status is not the page's to set. -->
    <diarupt-interaction [status]="'open'" />
    <!-- Refused: a method is nothing to set. -->
    <diarupt-interaction [connect]="nothing" />
    <!-- Refused: a line has content, not text. -->
    <diarupt-interaction (transcript)="hear($event.detail.text)" />
    <!-- Refused: what is no event of the element's has no detail. -->
    <diarupt-interaction (transcripts)="hear($event.detail)" />
    <!-- Refused: the element has no such method. -->
    <diarupt-interaction #talk (click)="talk.conect()" />
    <!-- Refused: the session is the interaction's. -->
    <diarupt-player [sessionId]="'id'" />
    <!-- Refused: there is no such part. -->
    <diarupt-microphone />
  `,
})
export class Refused {
  nothing = async () => {};
  hear(_text: string) {}
}
