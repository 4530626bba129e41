import {connect, disconnect} from 'diarupt';
import {pipecat} from 'diarupt/engines/pipecat';

export function open({engineUrl}) {
  const player = new Audio();
  return connect({}, {player, engine: pipecat, engineUrl, audioOnly: true}, () => {});
}

export const leave = disconnect;
