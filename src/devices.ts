import './element.js';
import {DiaruptDevices} from './components/diarupt-devices.js';
import {define} from './define.js';

declare global {
  interface HTMLElementTagNameMap {
    'diarupt-devices': DiaruptDevices;
  }
}

define({
  'diarupt-devices': DiaruptDevices,
});

export {DiaruptDevices};
