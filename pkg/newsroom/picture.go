package newsroom

import (
	"bytes"
	"hash/fnv"
	"image"
	"image/color"
	"image/jpeg"
)

// Pictures are small: nobody looks at them for long.
const pictureWidth, pictureHeight = 320, 180

// picture is a JPEG of a low sun over the sea. Light, horizon and sun follow
// from the name, so that every picture of the newsroom is another evening.
func picture(name string) ([]byte, error) {
	h := fnv.New32a()
	h.Write([]byte(name))
	seed := h.Sum32()
	warm := uint8(seed % 90)
	horizon := 90 + int(seed>>8%50)
	sunX, sunY := 50+int(seed>>16%220), horizon-10-int(seed>>24%40)

	m := image.NewRGBA(image.Rect(0, 0, pictureWidth, pictureHeight))
	for y := range pictureHeight {
		for x := range pictureWidth {
			m.SetRGBA(x, y, evening(x-sunX, y-sunY, y-horizon, warm))
		}
	}
	var out bytes.Buffer
	err := jpeg.Encode(&out, m, nil)
	return out.Bytes(), err
}

// evening is the colour of a point, given its distances in pixels from the
// sun and from the horizon.
func evening(dx, dy, below int, warm uint8) color.RGBA {
	const sunRadius = 16
	switch {
	case below > 0: // the sea darkens towards the shore
		return color.RGBA{R: 40 + warm/3, G: 70, B: 120 - uint8(below/2), A: 255}
	case dx*dx+dy*dy < sunRadius*sunRadius:
		return color.RGBA{R: 255, G: 236, B: 190, A: 255}
	default: // the sky is lightest at the horizon
		return color.RGBA{R: 160 + warm, G: 180 + uint8((below+180)/6), B: 200 - warm/2, A: 255}
	}
}
