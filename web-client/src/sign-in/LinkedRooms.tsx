import styles from './LinkedRooms.module.css';

const PUPILS = [0, 1, 2, 3];

/** A room whose board shows in two others: what the platform does, in one drawing. */
export function LinkedRooms({ className }: { className?: string }) {
  return (
    <svg className={className} viewBox="0 0 360 180" aria-hidden="true">
      <path className={styles.link} d="M180 92v14M180 106H72v10M180 106h108v10" />
      <Room x={110} y={6} width={140} height={84} teacher />
      <Room x={16} y={118} width={112} height={56} />
      <Room x={232} y={118} width={112} height={56} />
    </svg>
  );
}

interface RoomProps {
  x: number;
  y: number;
  width: number;
  height: number;
  teacher?: boolean;
}

function Room({ x, y, width, height, teacher = false }: RoomProps) {
  const boardHeight = height * 0.5;
  const floor = y + height;
  return (
    <g>
      <rect className={styles.wall} x={x} y={y} width={width} height={height} rx={8} />
      <rect className={styles.board} x={x + 16} y={y + 9} width={width - 32} height={boardHeight} rx={4} />
      <path
        className={styles.chalk}
        d={`M${x + 28} ${y + 9 + boardHeight * 0.65}l10 -${boardHeight * 0.3} 10 ${boardHeight * 0.3}M${x + 60} ${y + 9 + boardHeight * 0.4}h${width - 100}`}
      />
      {teacher && (
        <path
          className={styles.teacher}
          d={`M${x + width - 22} ${floor - 40}a8 8 0 1 1 .1 0M${x + width - 34} ${floor - 2}v-22a12 12 0 0 1 24 0v22z`}
        />
      )}
      {PUPILS.map((pupil) => (
        <circle
          key={pupil}
          className={styles.person}
          cx={x + 22 + (pupil * (width - (teacher ? 76 : 44))) / (PUPILS.length - 1)}
          cy={floor - 9}
          r={5}
        />
      ))}
    </g>
  );
}
