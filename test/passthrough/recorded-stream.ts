import {readFixtures} from '../wire/measured.js';

const recorded = readFixtures().find(({id}) => id === 'a01-text')!;

/**
A whole answer of 25 tokens in and 15 out.
*/
export const stream = recorded.body;
/**
The same without its end, which says what it used.
*/
export const half = stream.subarray(0, stream.indexOf('event: message_delta'));
export const sse = {'content-type': 'text/event-stream'};
