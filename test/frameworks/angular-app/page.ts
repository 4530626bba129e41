/** An application that has the tag. Its page tells it, by `app`, what to change. */
import {Component, signal} from '@angular/core';
import {bootstrapApplication} from '@angular/platform-browser';
import {DiaruptElements} from 'diarupt/angular';

@Component({
  selector: 'app-root',
  imports: [DiaruptElements],
  template: `
    <diarupt-interaction
      session-url="/session"
      engineUrl="https://engine.example"
      hands-on-timeout="none"
      audio-only
      captions
      volume="0.5"
      [mode]="handsOn() ? 'hands-on' : 'hands-free'"
      [text-input]="handsOn()"
      [next]="next"
      (transcript)="hear($event)"
      (user-started-talking)="hear($event)"
      (error)="hear($event)"
    >
      <diarupt-player />
    </diarupt-interaction>
  `,
})
class App {
  readonly heard: string[] = [];
  readonly handsOn = signal(true);
  readonly next = () => {};

  hear({type, detail}: CustomEvent<unknown>) {
    this.heard.push(`${type} ${JSON.stringify(detail)}`);
  }
}

const {components} = await bootstrapApplication(App);
Object.assign(globalThis, {app: components[0]?.instance});
