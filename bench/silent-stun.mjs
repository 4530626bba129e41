import {createSocket} from 'node:dgram';
import {once} from 'node:events';

/** A STUN server on loopback that takes every request and never answers. */
export async function startSilentStun() {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    iceServers: [{urls: `stun:127.0.0.1:${socket.address().port}`}],
    close: () => socket.close(),
  };
}
