;; What touches every byte of every picture, sixteen bytes at a time. ./index.ts calls it, and says what for.
;;
;; Each function may read and write up to 16 bytes beyond what its arguments span.
(module
  (memory (export "memory") 1)

  ;; target[i] = (upper[i] x (256 - weight) + lower[i] x weight + 128) / 256, for `length` bytes; weight 0..256.
  (func (export "blendRows")
    (param $upper i32) (param $lower i32) (param $target i32) (param $length i32) (param $weight i32)
    (local $end i32) (local $a v128) (local $b v128) (local $ofA v128) (local $ofB v128) (local $half v128)
    (local.set $end (i32.add (local.get $target) (local.get $length)))
    (local.set $ofB (i16x8.splat (local.get $weight)))
    (local.set $ofA (i16x8.sub (i16x8.splat (i32.const 256)) (local.get $ofB)))
    (local.set $half (i16x8.splat (i32.const 128)))
    (loop $next
      (if (i32.lt_u (local.get $target) (local.get $end)) (then
        (local.set $a (v128.load (local.get $upper)))
        (local.set $b (v128.load (local.get $lower)))
        (v128.store (local.get $target)
          (i8x16.narrow_i16x8_u
            (i16x8.shr_u
              (i16x8.add (local.get $half) (i16x8.add
                (i16x8.mul (i16x8.extend_low_i8x16_u (local.get $a)) (local.get $ofA))
                (i16x8.mul (i16x8.extend_low_i8x16_u (local.get $b)) (local.get $ofB))))
              (i32.const 8))
            (i16x8.shr_u
              (i16x8.add (local.get $half) (i16x8.add
                (i16x8.mul (i16x8.extend_high_i8x16_u (local.get $a)) (local.get $ofA))
                (i16x8.mul (i16x8.extend_high_i8x16_u (local.get $b)) (local.get $ofB))))
              (i32.const 8))))
        (local.set $upper (i32.add (local.get $upper) (i32.const 16)))
        (local.set $lower (i32.add (local.get $lower) (i32.const 16)))
        (local.set $target (i32.add (local.get $target) (i32.const 16)))
        (br $next)))))

  ;; Four pixels of three bytes a step, for `steps` steps, each between two neighbouring pixels of `line`.
  ;; A step of `positions` is 48 bytes: where its four left pixels begin in the line, as four u32, then how much of the
  ;; right pixel each of four bytes a pixel takes, 0..256, as sixteen u16.
  (func (export "blendPixels")
    (param $line i32) (param $positions i32) (param $target i32) (param $steps i32)
    (local $left v128) (local $right v128) (local $ofLeft v128) (local $ofRight v128)
    (local $low v128) (local $at i32) (local $half v128) (local $whole v128)
    (local.set $half (i16x8.splat (i32.const 128)))
    (local.set $whole (i16x8.splat (i32.const 256)))
    (loop $next
      (if (local.get $steps) (then
        (local.set $at (i32.add (local.get $line) (i32.load (local.get $positions))))
        (local.set $left (v128.load32_zero (local.get $at)))
        (local.set $right (v128.load32_zero offset=3 (local.get $at)))
        (local.set $at (i32.add (local.get $line) (i32.load offset=4 (local.get $positions))))
        (local.set $left (v128.load32_lane 1 (local.get $at) (local.get $left)))
        (local.set $right (v128.load32_lane offset=3 1 (local.get $at) (local.get $right)))
        (local.set $at (i32.add (local.get $line) (i32.load offset=8 (local.get $positions))))
        (local.set $left (v128.load32_lane 2 (local.get $at) (local.get $left)))
        (local.set $right (v128.load32_lane offset=3 2 (local.get $at) (local.get $right)))
        (local.set $at (i32.add (local.get $line) (i32.load offset=12 (local.get $positions))))
        (local.set $left (v128.load32_lane 3 (local.get $at) (local.get $left)))
        (local.set $right (v128.load32_lane offset=3 3 (local.get $at) (local.get $right)))
        (local.set $ofRight (v128.load offset=16 (local.get $positions)))
        (local.set $ofLeft (i16x8.sub (local.get $whole) (local.get $ofRight)))
        (local.set $low
          (i16x8.shr_u
            (i16x8.add (local.get $half) (i16x8.add
              (i16x8.mul (i16x8.extend_low_i8x16_u (local.get $left)) (local.get $ofLeft))
              (i16x8.mul (i16x8.extend_low_i8x16_u (local.get $right)) (local.get $ofRight))))
            (i32.const 8)))
        (local.set $ofRight (v128.load offset=32 (local.get $positions)))
        (local.set $ofLeft (i16x8.sub (local.get $whole) (local.get $ofRight)))
        ;; The fourth byte of each pixel belongs to its neighbour: twelve bytes are kept, four are overwritten later.
        (v128.store (local.get $target)
          (i8x16.swizzle
            (i8x16.narrow_i16x8_u
              (local.get $low)
              (i16x8.shr_u
                (i16x8.add (local.get $half) (i16x8.add
                  (i16x8.mul (i16x8.extend_high_i8x16_u (local.get $left)) (local.get $ofLeft))
                  (i16x8.mul (i16x8.extend_high_i8x16_u (local.get $right)) (local.get $ofRight))))
                (i32.const 8)))
            (v128.const i8x16 0 1 2 4 5 6 8 9 10 12 13 14 3 7 11 15)))
        (local.set $positions (i32.add (local.get $positions) (i32.const 48)))
        (local.set $target (i32.add (local.get $target) (i32.const 12)))
        (local.set $steps (i32.sub (local.get $steps) (i32.const 1)))
        (br $next)))))

  ;; Two means of (red + 2 x green + blue) / 4 a step, each over 2 x 2 pixels of the rows `upper` and `lower`.
  (func (export "averageLuma")
    (param $upper i32) (param $lower i32) (param $target i32) (param $steps i32)
    (local $a v128) (local $b v128) (local $early v128) (local $late v128) (local $sums v128)
    (loop $next
      (if (local.get $steps) (then
        (local.set $a (v128.load (local.get $upper)))
        (local.set $b (v128.load (local.get $lower)))
        ;; Bytes 0..7 are R G, B R, G B of the first mean and R G of the second; bytes 8..11 its B R and G B.
        (local.set $early
          (i32x4.dot_i16x8_s
            (i16x8.add (i16x8.extend_low_i8x16_u (local.get $a)) (i16x8.extend_low_i8x16_u (local.get $b)))
            (v128.const i16x8 1 2 1 1 2 1 1 2)))
        (local.set $late
          (i32x4.dot_i16x8_s
            (i16x8.add (i16x8.extend_high_i8x16_u (local.get $a)) (i16x8.extend_high_i8x16_u (local.get $b)))
            (v128.const i16x8 1 1 2 1 0 0 0 0)))
        ;; The first and third sum of each mean side by side, then all the second ones.
        (local.set $sums
          (i32x4.add
            (i32x4.add
              (i8x16.shuffle 0 1 2 3 12 13 14 15 0 1 2 3 0 1 2 3 (local.get $early) (local.get $late))
              (i8x16.shuffle 4 5 6 7 16 17 18 19 0 1 2 3 0 1 2 3 (local.get $early) (local.get $late)))
            (i8x16.shuffle 8 9 10 11 20 21 22 23 0 1 2 3 0 1 2 3 (local.get $early) (local.get $late))))
        (local.set $sums (i32x4.shr_u (i32x4.add (local.get $sums) (i32x4.splat (i32.const 8))) (i32.const 4)))
        (i32.store16 (local.get $target)
          (i32.or
            (i32x4.extract_lane 0 (local.get $sums))
            (i32.shl (i32x4.extract_lane 1 (local.get $sums)) (i32.const 8))))
        (local.set $upper (i32.add (local.get $upper) (i32.const 12)))
        (local.set $lower (i32.add (local.get $lower) (i32.const 12)))
        (local.set $target (i32.add (local.get $target) (i32.const 2)))
        (local.set $steps (i32.sub (local.get $steps) (i32.const 1)))
        (br $next))))))
