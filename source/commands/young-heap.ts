import v8 from 'node:v8';

/**
Enough for a busy minute's garbage. Left alone, V8 lets it grow to eight times this and keeps it.
*/
const largestBytes = 16 * 1024 * 1024;
const lookMs = 250;

/**
Keeps the memory for young objects from growing on under load: a passthrough runs all day beside
other programs.
*/
export function boundYoungHeap(): void {
	const timer = setInterval(() => {
		if (youngBytes() < largestBytes) {
			return;
		}

		// It is read each time the space would grow.
		v8.setFlagsFromString('--semi-space-growth-factor=1');
		clearInterval(timer);
	}, lookMs).unref();
}

const youngBytes = (): number =>
	v8.getHeapSpaceStatistics().find(({space_name: name}) => name === 'new_space')
		?.space_size ?? 0;
