;; Which embeddings are near to four others, by their inner products, sixty-four numbers at a time. ./nearest-embeddings.ts calls it.
;;
;; Numbers are 0..127, so that the relaxed instruction gives the same on every processor: no sum of two products overflows.
(module
  (memory (export "memory") 1)

  ;; Tells each vector between `vector` and `end` whose product with one of four queries is at least that query's `limits`
  ;; (four f32) times the vector's own f32 in `roots`: at `target` its number and, 16 bytes behind it, the four products (i32).
  ;; `length` is the bytes of a vector and of a query, a multiple of 64; the queries lie one behind the other.
  ;; Returns the end of what was told.
  (func (export "near")
    (param $queries i32) (param $vector i32) (param $end i32) (param $length i32) (param $limits i32) (param $roots i32)
    (param $target i32) (result i32)
    (local $query i32) (local $stop i32) (local $number i32) (local $x v128) (local $least v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local $second i32) (local $third i32) (local $fourth i32)
    (local.set $least (v128.load (local.get $limits)))
    (loop $next
      (if (i32.lt_u (local.get $vector) (local.get $end)) (then
        (local.set $a (v128.const i32x4 0 0 0 0))
        (local.set $b (v128.const i32x4 0 0 0 0))
        (local.set $c (v128.const i32x4 0 0 0 0))
        (local.set $d (v128.const i32x4 0 0 0 0))
        (local.set $query (local.get $queries))
        (local.set $second (i32.add (local.get $query) (local.get $length)))
        (local.set $third (i32.add (local.get $second) (local.get $length)))
        (local.set $fourth (i32.add (local.get $third) (local.get $length)))
        (local.set $stop (local.get $second))
        (loop $more
          (local.set $x (v128.load offset=0 (local.get $vector)))
          (local.set $a (i32x4.relaxed_dot_i8x16_i7x16_add_s (local.get $x) (v128.load offset=0 (local.get $query)) (local.get $a)))
          (local.set $b (i32x4.relaxed_dot_i8x16_i7x16_add_s (local.get $x) (v128.load offset=0 (local.get $second)) (local.get $b)))
          (local.set $c (i32x4.relaxed_dot_i8x16_i7x16_add_s (local.get $x) (v128.load offset=0 (local.get $third)) (local.get $c)))
          (local.set $d (i32x4.relaxed_dot_i8x16_i7x16_add_s (local.get $x) (v128.load offset=0 (local.get $fourth)) (local.get $d)))
          (local.set $x (v128.load offset=16 (local.get $vector)))
          (local.set $a (i32x4.relaxed_dot_i8x16_i7x16_add_s (local.get $x) (v128.load offset=16 (local.get $query)) (local.get $a)))
          (local.set $b (i32x4.relaxed_dot_i8x16_i7x16_add_s (local.get $x) (v128.load offset=16 (local.get $second)) (local.get $b)))
          (local.set $c (i32x4.relaxed_dot_i8x16_i7x16_add_s (local.get $x) (v128.load offset=16 (local.get $third)) (local.get $c)))
          (local.set $d (i32x4.relaxed_dot_i8x16_i7x16_add_s (local.get $x) (v128.load offset=16 (local.get $fourth)) (local.get $d)))
          (local.set $x (v128.load offset=32 (local.get $vector)))
          (local.set $a (i32x4.relaxed_dot_i8x16_i7x16_add_s (local.get $x) (v128.load offset=32 (local.get $query)) (local.get $a)))
          (local.set $b (i32x4.relaxed_dot_i8x16_i7x16_add_s (local.get $x) (v128.load offset=32 (local.get $second)) (local.get $b)))
          (local.set $c (i32x4.relaxed_dot_i8x16_i7x16_add_s (local.get $x) (v128.load offset=32 (local.get $third)) (local.get $c)))
          (local.set $d (i32x4.relaxed_dot_i8x16_i7x16_add_s (local.get $x) (v128.load offset=32 (local.get $fourth)) (local.get $d)))
          (local.set $x (v128.load offset=48 (local.get $vector)))
          (local.set $a (i32x4.relaxed_dot_i8x16_i7x16_add_s (local.get $x) (v128.load offset=48 (local.get $query)) (local.get $a)))
          (local.set $b (i32x4.relaxed_dot_i8x16_i7x16_add_s (local.get $x) (v128.load offset=48 (local.get $second)) (local.get $b)))
          (local.set $c (i32x4.relaxed_dot_i8x16_i7x16_add_s (local.get $x) (v128.load offset=48 (local.get $third)) (local.get $c)))
          (local.set $d (i32x4.relaxed_dot_i8x16_i7x16_add_s (local.get $x) (v128.load offset=48 (local.get $fourth)) (local.get $d)))
          (local.set $vector (i32.add (local.get $vector) (i32.const 64)))
          (local.set $query (i32.add (local.get $query) (i32.const 64)))
          (local.set $second (i32.add (local.get $second) (i32.const 64)))
          (local.set $third (i32.add (local.get $third) (i32.const 64)))
          (local.set $fourth (i32.add (local.get $fourth) (i32.const 64)))
          (br_if $more (i32.lt_u (local.get $query) (local.get $stop))))
        ;; (a0 + a2, b0 + b2, a1 + a3, b1 + b3), the same of c and d, and then one sum for each.
        (local.set $a (i32x4.add
          (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $a) (local.get $b))
          (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $a) (local.get $b))))
        (local.set $c (i32x4.add
          (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $c) (local.get $d))
          (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $c) (local.get $d))))
        (local.set $x (i32x4.add
          (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $a) (local.get $c))
          (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $a) (local.get $c))))
        (if (v128.any_true (f32x4.ge
              (f32x4.convert_i32x4_s (local.get $x))
              (f32x4.mul (local.get $least) (v128.load32_splat (local.get $roots)))))
          (then
            (i32.store (local.get $target) (local.get $number))
            (v128.store offset=16 (local.get $target) (local.get $x))
            (local.set $target (i32.add (local.get $target) (i32.const 32)))))
        (local.set $roots (i32.add (local.get $roots) (i32.const 4)))
        (local.set $number (i32.add (local.get $number) (i32.const 1)))
        (br $next))))
    (local.get $target))
)
