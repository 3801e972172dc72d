package newsroom_test

import (
	"context"
	"fmt"
	"log"

	"github.com/copydesk/copydesk/pkg/newsroom"
)

func ExampleRoom_Pages() {
	room, err := newsroom.Start(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	defer room.Close()

	for _, page := range room.Pages() {
		if page.Story == "" {
			fmt.Println(page.Stage, page.Reason, page.URL)
		}
	}
	// Output:
	// extract homePage http://www.wendelauer-zeitung.example/
	// extract homePage http://quoinparish.example/index.htm
	// fetch notFound http://portalderledger.example/2025/06/31/regatta-postponed/
	// extract galleryPage http://www.theestuary.example/gallery/2026/apr/05/boats-at-low-water
	// extract consentWall http://www.jornaldaenseada.example/economia/2026/02/11/ostras-sem-certificado.ghtml
	// extract sectionPage http://sahil-alyawm.example/tag/%D8%A7%D9%84%D8%B5%D9%8A%D8%AF
	// extract errorPage http://vestnik-zaliva.example/news/2024/08/01/most/
	// extract sectionPage http://www.hekou-ribao.example/GB/1013/index.html
	// extract sectionPage http://www.farwater.example/en/business/s-1101
	// extract botWall http://www.theestuary.example/2026/apr/22/who-owns-the-foreshore
	// fetch robots http://www.farwater.example/en/preview/canal-debate/a-71955555
	// extract errorPage http://www.wendelauer-zeitung.example/kultur/orgelsommer-programm-109921.html
}
