/** A threat level in colour, in a word, and as a number of bars: none of the three is needed to read the others. */

import type { Level } from "../api/contract.ts";
import { levelName, levels } from "../words/level.ts";
import { everywhere } from "../words/say.ts";

export function LevelChip({ level }: { level: Level }) {
  const rank = levels.indexOf(level);
  return (
    <span className="level" data-level={level}>
      <svg viewBox="0 0 16 12" aria-hidden="true">
        {levels.map((each, index) => (
          <rect
            key={each}
            x={index * 4}
            y={9 - index * 3}
            width="3"
            height={3 + index * 3}
            rx="1"
            data-on={index <= rank}
          />
        ))}
      </svg>
      <span className="visually-hidden">{everywhere.level} </span>
      {levelName[level]}
    </span>
  );
}
