//! Least squares by Householder's reflections, which never square the condition of a problem (Golub & Van Loan 2013,
//! Matrix Computations, algorithm 5.2.1).

/// A column counts as following from those before it where less than this share of its length is left beside them.
const DEPENDENT: f64 = 1e-11;

/// A matrix as a product of reflections and a triangle. Columns that follow from those before them are left out.
pub(crate) struct Reflected {
    /// The columns of the triangle: column `basis[k]` has `k + 1` entries.
    triangle: Vec<Vec<f64>>,
    /// The mirrors' normals, of length 1; the k-th is zero above row k.
    mirrors: Vec<Vec<f64>>,
    /// The numbers of the columns that do not follow from those before them.
    basis: Vec<usize>,
    /// How many columns there are.
    columns: usize,
}

impl Reflected {
    /// A matrix by its columns, all of one length.
    pub(crate) fn of(columns: Vec<Vec<f64>>) -> Reflected {
        let mut reflected = Reflected {
            triangle: Vec::new(),
            mirrors: Vec::new(),
            basis: Vec::new(),
            columns: columns.len(),
        };
        for (number, mut column) in columns.into_iter().enumerate() {
            let length = norm(&column);
            reflected.reflect(&mut column);
            let rank = reflected.basis.len();
            let tail = norm(column.get(rank..).unwrap_or_default());
            if tail <= DEPENDENT * length {
                continue;
            }
            // Away from the axis, so that nothing cancels.
            let image = if column[rank] > 0.0 { -tail } else { tail };
            let mut mirror = column.clone();
            mirror[..rank].fill(0.0);
            mirror[rank] -= image;
            let size = norm(&mirror);
            mirror.iter_mut().for_each(|part| *part /= size);
            column.truncate(rank);
            column.push(image);
            reflected.triangle.push(column);
            reflected.mirrors.push(mirror);
            reflected.basis.push(number);
        }
        reflected
    }

    /// Whether no column follows from those before it.
    pub(crate) fn is_independent(&self) -> bool {
        self.basis.len() == self.columns
    }

    /// The first column that follows from those before it.
    pub(crate) fn dependent(&self) -> Option<usize> {
        (0..self.columns).find(|column| !self.basis.contains(column))
    }

    /// The coefficients with which the columns come closest to a vector; 0 for a column that follows from others.
    pub(crate) fn solve(&self, right: &[f64]) -> Vec<f64> {
        let mut right = right.to_vec();
        self.reflect(&mut right);
        let rank = self.basis.len();
        let mut coefficients = vec![0.0; self.columns];
        for row in (0..rank).rev() {
            let value = right[row] / self.triangle[row][row];
            coefficients[self.basis[row]] = value;
            let above = right.iter_mut().zip(&self.triangle[row][..row]);
            above.for_each(|(left, entry)| *left -= value * entry);
        }
        coefficients
    }

    /// The inverse of the matrix of the columns' products, (XᵀX)⁻¹; the columns must be independent.
    pub(crate) fn inverse_of_products(&self) -> Vec<Vec<f64>> {
        let size = self.basis.len();
        // The inverse of the triangle, column by column from the diagonal up.
        let inverse: Vec<Vec<f64>> = (0..size)
            .map(|number| {
                let mut column = vec![0.0; size];
                column[number] = 1.0 / self.triangle[number][number];
                for row in (0..number).rev() {
                    let between = row + 1..=number;
                    let sum: f64 = between.map(|other| self.triangle[other][row] * column[other]).sum();
                    column[row] = -sum / self.triangle[row][row];
                }
                column
            })
            .collect();
        let product = |one: usize, other: usize| inverse.iter().map(|column| column[one] * column[other]).sum();
        (0..size)
            .map(|one| (0..size).map(|other| product(one, other)).collect())
            .collect()
    }

    fn reflect(&self, vector: &mut [f64]) {
        for (start, mirror) in self.mirrors.iter().enumerate() {
            let twice = 2.0 * dot(&mirror[start..], &vector[start..]);
            let pairs = vector[start..].iter_mut().zip(&mirror[start..]);
            pairs.for_each(|(value, normal)| *value -= twice * normal);
        }
    }
}

/// The sum of the products.
pub(crate) fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

/// The length of a vector.
pub(crate) fn norm(vector: &[f64]) -> f64 {
    dot(vector, vector).sqrt()
}
