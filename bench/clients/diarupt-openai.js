import {connect, disconnect} from 'diarupt';
import {openai} from 'diarupt/engines/openai';

export function open({engineUrl, token}) {
  const player = new Audio();
  return connect({token}, {player, engine: openai, engineUrl, audioOnly: true}, () => {});
}

export const leave = disconnect;
