;; What touches every digit and every cell of a thermal frame, sixteen digits or four cells at a time.
(module
  (memory (export "memory") 1 1)

  ;; Hexadecimal digits to bytes: sixteen digits a step to eight bytes. 1 when every character was a digit, else 0.
  (func (export "readHex") (param $digits i32) (param $bytes i32) (param $steps i32) (result i32)
    (local $text v128) (local $number v128) (local $letter v128) (local $isNumber v128) (local $valid v128)
    (local.set $valid (i8x16.splat (i32.const -1)))
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $steps)))
        (local.set $text (v128.load (local.get $digits)))
        (local.set $number (i8x16.sub (local.get $text) (i8x16.splat (i32.const 0x30))))
        (local.set $isNumber (i8x16.lt_u (local.get $number) (i8x16.splat (i32.const 10))))
        ;; Either case: bit 5 tells them apart.
        (local.set $letter (i8x16.sub
          (v128.or (local.get $text) (i8x16.splat (i32.const 0x20))) (i8x16.splat (i32.const 0x61))))
        (local.set $valid (v128.and (local.get $valid) (v128.or
          (local.get $isNumber) (i8x16.lt_u (local.get $letter) (i8x16.splat (i32.const 6))))))
        (local.set $number (v128.bitselect
          (local.get $number)
          (i8x16.add (local.get $letter) (i8x16.splat (i32.const 10)))
          (local.get $isNumber)))
        ;; In each pair of digits the first is the low byte of a 16-bit lane.
        (local.set $number (v128.or
          (v128.and (i16x8.shl (local.get $number) (i32.const 4)) (i16x8.splat (i32.const 0xf0)))
          (i16x8.shr_u (local.get $number) (i32.const 8))))
        (v128.store64_lane 0 (local.get $bytes) (i8x16.narrow_i16x8_u (local.get $number) (local.get $number)))
        (local.set $digits (i32.add (local.get $digits) (i32.const 16)))
        (local.set $bytes (i32.add (local.get $bytes) (i32.const 8)))
        (local.set $steps (i32.sub (local.get $steps) (i32.const 1)))
        (br $next)))
    (i8x16.all_true (local.get $valid)))

  ;; The fourth root of `w + reflected`, in degrees Celsius.
  (func $rootCelsius (param $w v128) (param $reflected v128) (result v128)
    (f32x4.sub
      (f32x4.sqrt (f32x4.sqrt (f32x4.add (local.get $w) (local.get $reflected))))
      (f32x4.splat (f32.const 273.15))))

  ;; 768 temperatures of an MLX90640's RAM. `calibration`: five tables of 768 numbers, 3072 bytes apart. `terms`: the
  ;; part of the compensation pixel in four neighbours of an even row, and of an odd one; gain, kelvins, volts, 1 / the
  ;; sensitivity that all share, the surroundings; of each range where it begins, and the two numbers of its slope. Cells that have no temperature become NaN.
  (func (export "decode") (param $frame i32) (param $calibration i32) (param $terms i32) (param $celsius i32)
    (local $cell i32) (local $end i32) (local $w v128) (local $first v128) (local $mask v128)
    (local $perDegree v128) (local $fixed v128)
    (local $gain v128) (local $kelvins v128) (local $volts v128) (local $reflected v128) (local $one v128)
    (local $rowEven v128) (local $rowOdd v128)
    (local.set $one (f32x4.splat (f32.const 1)))
    (local.set $gain (v128.load32_splat offset=32 (local.get $terms)))
    (local.set $kelvins (v128.load32_splat offset=36 (local.get $terms)))
    (local.set $volts (v128.load32_splat offset=40 (local.get $terms)))
    (local.set $reflected (v128.load32_splat offset=48 (local.get $terms)))
    (local.set $rowEven (v128.load offset=0 (local.get $terms)))
    (local.set $rowOdd (v128.load offset=16 (local.get $terms)))
    (local.set $end (i32.add (local.get $calibration) (i32.const 3072)))
    (loop $next
      ;; Words come high byte first: into the upper half of a 32-bit lane, then down with their sign.
      (local.set $w (f32x4.convert_i32x4_s (i32x4.shr_s
        (i8x16.swizzle (v128.load64_zero (local.get $frame))
          (v128.const i8x16 16 16 1 0 16 16 3 2 16 16 5 4 16 16 7 6))
        (i32.const 16))))
      ;; The signal: raw x gain - offset, as far as temperature and supply move it, - the compensation pixel's part.
      (local.set $w (f32x4.sub
        (f32x4.mul (local.get $w) (local.get $gain))
        (f32x4.mul
          (f32x4.mul
            (v128.load (local.get $calibration))
            (f32x4.add (local.get $one) (f32x4.mul (v128.load offset=3072 (local.get $calibration)) (local.get $kelvins))))
          (f32x4.add (local.get $one) (f32x4.mul (v128.load offset=6144 (local.get $calibration)) (local.get $volts))))))
      (local.set $w (f32x4.add
        (f32x4.sub
          (local.get $w)
          (select (local.get $rowOdd) (local.get $rowEven) (i32.and (i32.shr_u (local.get $cell) (i32.const 5)) (i32.const 1))))
        (v128.load offset=12288 (local.get $calibration))))
      (local.set $w (f32x4.mul
        (f32x4.mul (local.get $w) (v128.load32_splat offset=44 (local.get $terms)))
        (v128.load offset=9216 (local.get $calibration))))
      ;; Twice in the range from 0 °C, which is the usual one.
      (local.set $first (call $rootCelsius (local.get $w) (local.get $reflected)))
      (local.set $first (call $rootCelsius
        (f32x4.div (local.get $w) (f32x4.add (v128.load32_splat offset=68 (local.get $terms))
          (f32x4.mul (v128.load32_splat offset=72 (local.get $terms)) (local.get $first))))
        (local.get $reflected)))
      ;; Then in the last of the four ranges that begins below: w / (fixed + perDegree x first).
      (local.set $fixed (v128.load32_splat offset=56 (local.get $terms)))
      (local.set $perDegree (v128.load32_splat offset=60 (local.get $terms)))
      (local.set $mask (f32x4.ge (local.get $first) (v128.load32_splat offset=64 (local.get $terms))))
      (local.set $fixed (v128.bitselect (v128.load32_splat offset=68 (local.get $terms)) (local.get $fixed) (local.get $mask)))
      (local.set $perDegree (v128.bitselect (v128.load32_splat offset=72 (local.get $terms)) (local.get $perDegree) (local.get $mask)))
      (local.set $mask (f32x4.ge (local.get $first) (v128.load32_splat offset=76 (local.get $terms))))
      (local.set $fixed (v128.bitselect (v128.load32_splat offset=80 (local.get $terms)) (local.get $fixed) (local.get $mask)))
      (local.set $perDegree (v128.bitselect (v128.load32_splat offset=84 (local.get $terms)) (local.get $perDegree) (local.get $mask)))
      (local.set $mask (f32x4.ge (local.get $first) (v128.load32_splat offset=88 (local.get $terms))))
      (local.set $fixed (v128.bitselect (v128.load32_splat offset=92 (local.get $terms)) (local.get $fixed) (local.get $mask)))
      (local.set $perDegree (v128.bitselect (v128.load32_splat offset=96 (local.get $terms)) (local.get $perDegree) (local.get $mask)))
      (v128.store (local.get $celsius) (call $rootCelsius
        (f32x4.div (local.get $w) (f32x4.add (local.get $fixed) (f32x4.mul (local.get $perDegree) (local.get $first))))
        (local.get $reflected)))
      (local.set $frame (i32.add (local.get $frame) (i32.const 8)))
      (local.set $celsius (i32.add (local.get $celsius) (i32.const 16)))
      (local.set $calibration (i32.add (local.get $calibration) (i32.const 16)))
      (local.set $cell (i32.add (local.get $cell) (i32.const 4)))
      (br_if $next (i32.lt_u (local.get $calibration) (local.get $end)))))

  ;; Of 768 cells, how many lie outside of `low` to `high`; what is no number does.
  (func (export "countOutside") (param $cells i32) (param $low f32) (param $high f32) (result i32)
    (local $end i32) (local $value v128) (local $inside v128)
    (local.set $end (i32.add (local.get $cells) (i32.const 3072)))
    (loop $next
      (local.set $value (v128.load (local.get $cells)))
      ;; A mask of ones is -1.
      (local.set $inside (i32x4.sub (local.get $inside) (v128.and
        (f32x4.ge (local.get $value) (f32x4.splat (local.get $low)))
        (f32x4.le (local.get $value) (f32x4.splat (local.get $high))))))
      (local.set $cells (i32.add (local.get $cells) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $cells) (local.get $end))))
    (i32.sub (i32.const 768) (i32.add
      (i32.add (i32x4.extract_lane 0 (local.get $inside)) (i32x4.extract_lane 1 (local.get $inside)))
      (i32.add (i32x4.extract_lane 2 (local.get $inside)) (i32x4.extract_lane 3 (local.get $inside))))))

  ;; The greatest of 768 cells, as four of which one is it; what is no number is passed over.
  (func (export "findHottest") (param $cells i32) (param $four i32)
    (local $end i32) (local $most v128)
    (local.set $end (i32.add (local.get $cells) (i32.const 3072)))
    (local.set $most (f32x4.splat (f32.const -inf)))
    (loop $next
      (local.set $most (f32x4.pmax (local.get $most) (v128.load (local.get $cells))))
      (local.set $cells (i32.add (local.get $cells) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $cells) (local.get $end))))
    (v128.store (local.get $four) (local.get $most)))
)
