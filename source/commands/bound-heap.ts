import v8 from 'node:v8';

/**
Both halves of the space for young objects. What fits into a processor's caches is made and forgotten
cheaply: with twice as much, requests took half as much time again. V8 itself goes to thirty-two times.
*/
const largestYoungBytes = 4 * 1024 * 1024;
/**
Starting takes it there; what comes at once after that must not take it far beyond.
*/
const lookMs = 20;

/**
How much more than is in use may gather before all of it is looked through. V8 itself gives a small heap so
little that large bodies, which lie outside of it but count, have it looked through ten times a second.
*/
const growingPercent = 150;

/**
Keeps memory from growing on under load, and what is spent on it low: a passthrough runs all day beside
other programs. To be called before anything large is loaded.
*/
export function boundHeap(): void {
	v8.setFlagsFromString(`--heap-growing-percent=${growingPercent}`);
	if (isGrown()) {
		return;
	}

	const timer = setInterval(() => {
		if (isGrown()) {
			clearInterval(timer);
		}
	}, lookMs).unref();
}

/**
Whether the young objects have all the space they get; if so it stays with that.
*/
function isGrown(): boolean {
	const {space_size: bytes = 0} =
		v8
			.getHeapSpaceStatistics()
			.find(({space_name: name}) => name === 'new_space') ?? {};
	if (bytes < largestYoungBytes) {
		return false;
	}

	// It is read each time the space would grow.
	v8.setFlagsFromString('--semi-space-growth-factor=1');
	return true;
}
